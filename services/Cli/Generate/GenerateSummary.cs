using System.Globalization;
using RdmCloud.Cli.Hosting;
using Spectre.Console;

namespace RdmCloud.Cli.Generate;

/// <summary>What a person reads after a run: the neighbors and the files.</summary>
static class GenerateSummary
{
    public static void Write(GenerateReport report, bool isSheet)
    {
        // The pictures of a prompt share their neighbors; a sheet's cells show theirs.
        var tables = isSheet ? [] : report.Pictures.DistinctBy(picture => string.Join(
            '\n', picture.Parameters.Neighbors.Select(neighbor => $"{neighbor.Database}\t{neighbor.Id}\t{neighbor.Patch}")));
        foreach (var picture in tables)
        {
            if (picture.Parameters.QueryEntry is { } entry)
                Terminal.Output.MarkupLineInterpolated($"[grey]seed[/] {picture.Parameters.Seed}[grey], neighbors of[/] {entry}");
            NeighborTable.Write(picture.Parameters.Neighbors);
        }
        foreach (var file in report.Pictures.Select(picture => picture.File).Append(report.Sheet).OfType<string>())
            Console.WriteLine(file); // never wrapped, for it may be copied
        Terminal.Output.MarkupLine(string.Create(CultureInfo.InvariantCulture,
            $"[grey]{report.Pictures.Count} picture{(report.Pictures.Count == 1 ? "" : "s")} in {report.Seconds:0.0} s[/]"));
    }
}
