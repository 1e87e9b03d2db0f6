using System.Globalization;

namespace RdmCloud.Cli.Bench.Arrivals;

/// <summary>A file of comma-separated values without quotes, whose first line names the columns; # begins a comment.</summary>
sealed class CsvTable(string path, string[] columns)
{
    /// <exception cref="InvalidDataException">A column that is needed is missing.</exception>
    public static async Task<(CsvTable Table, IReadOnlyList<(int Line, string[] Values)> Rows)> ReadAsync(
        string path, IReadOnlyList<string> needed, CancellationToken cancellationToken)
    {
        var lines = (await File.ReadAllLinesAsync(path, cancellationToken))
            .Select((text, index) => (Line: index + 1, Values: text.Split('#')[0].Split(',', StringSplitOptions.TrimEntries)))
            .Where(line => line.Values is not [""]).ToList();
        var columns = lines is [var first, ..] ? first.Values : [];
        var missing = needed.Except(columns).ToArray();
        return missing.Length == 0
            ? (new(path, columns), lines[1..])
            : throw new InvalidDataException($"{path}: its first line must name the columns {string.Join(',', needed)}; there "
                + $"is no '{missing[0]}'.");
    }

    /// <summary>A value, or null where there is none.</summary>
    public string? Text((int Line, string[] Values) row, string column) =>
        Array.IndexOf(columns, column) is >= 0 and var index && index < row.Values.Length && row.Values[index].Length > 0
            ? row.Values[index] : null;

    /// <exception cref="InvalidDataException">It is not a number between the bounds.</exception>
    public double Number((int Line, string[] Values) row, string column, double least, double most, double? missing = null) =>
        Text(row, column) is not { } text && missing is { } known ? known
        : double.TryParse(Text(row, column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? number
        : throw Wrong(row, string.Create(CultureInfo.InvariantCulture, $"{column} must be a number from {least} to {most}, "
            + $"not '{Text(row, column)}'"));

    /// <exception cref="InvalidDataException">It is not a whole number between the bounds.</exception>
    public int Whole((int Line, string[] Values) row, string column, int least, int most) =>
        Number(row, column, least, most) is var number && number == Math.Floor(number) ? (int)number
        : throw Wrong(row, $"{column} must be a whole number, not '{Text(row, column)}'");

    public InvalidDataException Wrong((int Line, string[] Values) row, string what) => new($"{path}, line {row.Line}: {what}.");
}
