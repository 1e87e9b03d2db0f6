namespace RdmCloud.Benchmarks.Harness;

/// <summary>Prints a benchmark's table between two probes of the machine, in Markdown.</summary>
static class Report
{
    public static void Table(string title, int threads, Action<Action<string>> measure)
    {
        Console.WriteLine($"\n### {title}\n");
        var before = MachineProbe.Take(threads);
        var load = Load();
        var verdicts = new List<string>();
        measure(verdicts.Add);
        var after = MachineProbe.Take(threads);
        Console.WriteLine($"\nMachine: {before}; after: {after}. Load average {load} before, {Load()} after.");
        if (before.DiffersFrom(after, out var percent))
            Console.WriteLine(
                $"**No conclusion**: the two probes differ by {percent:f0} %. What follows stands under that doubt.");
        foreach (var verdict in verdicts)
            Console.WriteLine($"- {verdict}");
    }

    /// <summary>A row of cells.</summary>
    public static void Row(params object[] cells) =>
        Console.WriteLine($"| {string.Join(" | ", cells.Select(cell => FormattableString.Invariant($"{cell}")))} |");

    public static void Head(params string[] cells)
    {
        Row(cells);
        Row([.. cells.Select(_ => "---")]);
    }

    /// <summary>How a figure stands to its goal.</summary>
    public static string Verdict(string what, double value, double goal, bool atMost = true, string unit = "×") =>
        $"{what}: {value:f2}{unit}, goal {(atMost ? "≤" : "≥")} {goal:f2}{unit}: "
        + $"{((atMost ? value <= goal : value >= goal) ? "met" : "**not met**")}";

    static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";
}
