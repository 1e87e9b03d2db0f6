using RdmCloud.Cli.Bench.Arrivals;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>Tenants that are there: a CSV file with the columns tenant and key, and if need be share and weight.</summary>
static class KeyFile
{
    /// <exception cref="InvalidDataException">A line is not what it should be; the message names it, and never a key.</exception>
    public static async Task<IReadOnlyList<LoadTenant>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var (table, rows) = await CsvTable.ReadAsync(path, ["tenant", "key"], cancellationToken);
        var tenants = rows.Select(row => new LoadTenant(
            new(table.Text(row, "tenant") ?? throw table.Wrong(row, "it names no tenant"),
                table.Number(row, "share", 0.001, 1e6, missing: 1), table.Number(row, "weight", 0.001, 1e6, missing: 1)),
            table.Text(row, "key") ?? throw table.Wrong(row, "there is no key"))).ToList();
        return tenants.Count > 0 ? tenants : throw new InvalidDataException($"{path}: there is no tenant in it.");
    }
}
