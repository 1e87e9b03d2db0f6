using System.Globalization;
using RdmCloud.Cli.Hosting;
using Spectre.Console;

namespace RdmCloud.Cli.Bench.Charts;

/// <summary>Tables of figures: names to the left, numbers to the right.</summary>
static class Tables
{
    const int WidthOfFiles = 180;

    public static void Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        foreach (var (title, index) in columns.Select((title, index) => (title, index)))
            table.AddColumn(new TableColumn(new Text(title, Color.Grey)) { Alignment = index == 0 ? null : Justify.Right });
        foreach (var row in rows)
            table.AddRow(row.Select(Terminal.Cell));
        if (Console.IsOutputRedirected)
            Terminal.Output.Profile.Width = WidthOfFiles; // else as narrow as the narrowest terminal
        Terminal.Output.Write(table);
    }

    /// <summary>Three digits or a little more.</summary>
    public static string Number(double? value) => value switch
    {
        null => "",
        >= 100 => value.Value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
