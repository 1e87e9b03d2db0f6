using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;

namespace RdmCloud.Cli.Hosting;

/// <summary>Runs a command line. Whatever goes wrong becomes one line on the standard error and an exit code.</summary>
static class CommandRunner
{
    const int Failure = 1, WrongUsage = 2, Interrupted = 128 + 2; // SIGINT is 2

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        using var interruption = new CancellationTokenSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = !interruption.IsCancellationRequested; // a second one ends the process at once
            interruption.Cancel();
        });
        root.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples();
        try
        {
            // A prompt may begin with @: it is no response file.
            var line = root.Parse(args is [] ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (line.Errors is [var error, ..] && line.Action is not HelpWithExamples)
                throw new UsageException(error.Message);
            return await line.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (UsageException exception)
        {
            return Say(WrongUsage, exception.Message);
        }
        catch (Exception exception)
        {
            return Say(Failure, exception.Message);
        }
    }

    static int Say(int exitCode, string message)
    {
        Terminal.Complain(message);
        return exitCode;
    }
}
