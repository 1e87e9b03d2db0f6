using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;

namespace RdmCloud.Cli.Hosting;

/// <summary>Runs a command line. Whatever goes wrong becomes one line on the standard error and an exit code.</summary>
static class CommandRunner
{
    const int Failure = 1, WrongUsage = 2;

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        using var interruption = new CancellationTokenSource();
        var interrupted = 0;
        void Interrupt(PosixSignalContext context, int exitCode)
        {
            context.Cancel = !interruption.IsCancellationRequested; // a second one ends the process at once
            interrupted = exitCode;
            interruption.Cancel();
        }
        // As shells tell of them: 128 and the signal's number.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Interrupt(context, 128 + 2));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Interrupt(context, 128 + 15));
        root.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples();
        try
        {
            // A prompt may begin with @: it is no response file.
            var line = root.Parse(args is [] ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (line.Action is not { ClearsParseErrors: true }) // help and version
                Check(line);
            return await line.InvokeAsync(
                new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            return interrupted;
        }
        catch (UsageException exception)
        {
            return Say(WrongUsage, exception.Message);
        }
        catch (Exception exception)
        {
            return Say(Failure, exception.Message.Split('\n')[0]); // below it, torch tells of its own insides
        }
    }

    /// <exception cref="UsageException">The command line is wrong.</exception>
    static void Check(ParseResult line)
    {
        var command = line.CommandResult;
        var words = command.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens);
        // A prompt takes any word, and so a misspelled option too.
        if (words.FirstOrDefault(word => word.Value is ['-', _, ..]) is { } unknown
            && line.Tokens.All(token => token.Type != TokenType.DoubleDash))
            throw new UsageException($"There is no option '{unknown.Value}'. To give it as a value, put -- before it.");
        if (command.Command.Subcommands is { Count: > 0 } commands)
            throw new UsageException((line.UnmatchedTokens is [var unmatched, ..] ? $"There is no '{unmatched}'. " : "")
                + $"Name one of the commands {string.Join(", ", commands.Select(one => one.Name))}.");
        if (line.Errors is [var error, ..])
            throw new UsageException(error.Message);
    }

    static int Say(int exitCode, string message)
    {
        Terminal.Complain(message);
        return exitCode;
    }
}
