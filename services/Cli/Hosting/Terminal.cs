using System.Globalization;
using Spectre.Console;

namespace RdmCloud.Cli.Hosting;

/// <summary>What a person sees: results on the standard output, progress and complaints on the standard error.</summary>
static class Terminal
{
    public static IAnsiConsole Output => AnsiConsole.Console;

    static readonly Lazy<IAnsiConsole> error = new(
        () => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }));

    public static void Complain(string message) => Console.Error.WriteLine($"rdm: {OneLine(message)}");

    /// <summary>May be called while a progress bar stands on the terminal.</summary>
    public static void Warn(string message)
    {
        var line = $"rdm: warning: {OneLine(message)}";
        if (Console.IsErrorRedirected)
            Console.Error.WriteLine(line);
        else
            error.Value.WriteLine(line);
    }

    /// <summary>A line for each property that has a value.</summary>
    public static void WriteProperties(params (string Name, string? Value)[] properties)
    {
        var width = properties.Max(property => property.Name.Length);
        foreach (var (name, value) in properties)
            if (value is not null)
            {
                Output.Write(new Text(name.PadRight(width + 2), Color.Grey));
                Console.WriteLine(OneLine(value)); // never wrapped, for it may be copied
            }
    }

    /// <summary>Runs work with a progress bar, or without one where the standard error is not a terminal.</summary>
    /// <param name="work">Is given a function that it tells what is done and what there is to do.</param>
    public static Task<T> WithProgressAsync<T>(string label, bool inBytes, Func<Action<double, double>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return work((_, _) => { });
        ProgressColumn[] columns = inBytes
            ? [new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn()]
            : [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()];
        return error.Value.Progress().AutoClear(true).Columns(columns).StartAsync(context =>
        {
            var task = context.AddTask(Markup.Escape(label));
            return work((done, total) => (task.MaxValue, task.Value) = (total, done));
        });
    }

    public static string Bytes(long count) => count switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e9:0.0} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count / 1e3:0.0} kB"),
    };

    /// <summary>Somebody's words in a table.</summary>
    public static Text Cell(string? text) => new(OneLine(text ?? ""));

    /// <summary>Control characters of a file's own words never reach the terminal.</summary>
    static string OneLine(string message) => string.Join(
        ' ', string.Concat(message.Select(letter => char.IsControl(letter) ? '\n' : letter))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
