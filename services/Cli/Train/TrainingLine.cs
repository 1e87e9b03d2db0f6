using RdmCloud.Training;

namespace RdmCloud.Cli.Train;

/// <summary>
/// The progress of a training on the standard error: one line that is written over on a terminal, lines in a file.
/// </summary>
sealed class TrainingLine(bool isQuiet) : IDisposable
{
    const string Erase = "\r\u001b[K";

    readonly bool isTerminal = !Console.IsErrorRedirected;

    public void Show(TrainingProgress progress)
    {
        if (isQuiet)
            return;
        if (isTerminal)
            Console.Error.Write($"{Erase}{progress}");
        else
            Console.Error.WriteLine(progress);
    }

    public void Say(string message)
    {
        if (!isQuiet)
            Console.Error.WriteLine(isTerminal ? $"{Erase}{message}" : message);
    }

    public void Dispose()
    {
        if (isTerminal && !isQuiet)
            Console.Error.Write(Erase);
    }
}
