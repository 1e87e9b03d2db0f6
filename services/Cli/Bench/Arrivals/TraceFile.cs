namespace RdmCloud.Cli.Bench.Arrivals;

/// <summary>
/// Jobs as they came once: a CSV file with the columns seconds, tenant, pictures, steps and, if there are several, style.
/// </summary>
static class TraceFile
{
    const int MostPictures = 10, MostSteps = 1000;
    const double MostSeconds = 7 * 24 * 3600;

    /// <summary>In the order of their times.</summary>
    /// <exception cref="InvalidDataException">A line is not what it should be; the message names it.</exception>
    public static async Task<IReadOnlyList<Arrival>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var (table, rows) = await CsvTable.ReadAsync(path, ["seconds", "tenant", "pictures", "steps"], cancellationToken);
        var arrivals = rows.Select(row => new Arrival(
            table.Number(row, "seconds", 0, MostSeconds),
            table.Text(row, "tenant") ?? throw table.Wrong(row, "it names no tenant"),
            table.Whole(row, "pictures", 1, MostPictures),
            table.Whole(row, "steps", 1, MostSteps),
            table.Text(row, "style"))).ToList();
        return arrivals.Count > 0 ? [.. arrivals.OrderBy(arrival => arrival.At)]
            : throw new InvalidDataException($"{path}: there is no job in it.");
    }
}
