using System.Globalization;
using RdmCloud.Cli.Hosting;
using Spectre.Console;

namespace RdmCloud.Cli.Generate;

/// <summary>Neighbors on the terminal; columns that would be empty are left out.</summary>
static class NeighborTable
{
    public static void Write(IReadOnlyList<NeighborRecord> neighbors)
    {
        if (neighbors.Count == 0)
            return;
        (string Title, Func<NeighborRecord, string?> Value)[] columns =
        [
            ("database", neighbor => neighbor.Database),
            ("id", neighbor => neighbor.Id),
            ("title", neighbor => neighbor.Title),
            ("author", neighbor => neighbor.Author),
            ("license", neighbor => neighbor.License),
            ("score", neighbor => neighbor.Score.ToString("0.000", CultureInfo.InvariantCulture)),
        ];
        var filled = columns.Where(column => neighbors.Any(neighbor => column.Value(neighbor) is { Length: > 0 })).ToArray();
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (var (title, _) in filled)
        {
            var alignment = title == "score" ? Justify.Right : Justify.Left;
            table.AddColumn(new TableColumn(new Text(title, Color.Grey)) { Alignment = alignment });
        }
        foreach (var neighbor in neighbors)
            table.AddRow(filled.Select(column => Terminal.Cell(column.Value(neighbor))));
        Terminal.Output.Write(table);
    }
}
