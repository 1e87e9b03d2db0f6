using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RdmCloud.Cli.Hosting;

/// <summary>The usual help, and below it the command's examples.</summary>
sealed class HelpWithExamples : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult line)
    {
        var exitCode = new HelpAction().Invoke(line);
        if (line.CommandResult.Command is not CommandWithExamples command)
            return exitCode;
        var output = line.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in command.Examples)
            output.WriteLine($"  {example}");
        return exitCode;
    }
}
