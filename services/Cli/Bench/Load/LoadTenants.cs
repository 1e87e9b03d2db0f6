using System.CommandLine;
using System.Globalization;
using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>The options that say who submits.</summary>
sealed class LoadTenants
{
    const int LongestName = 20; // with what is put before it, an id of a tenant

    readonly Option<string[]> made = OptionOf.Texts("--tenant",
        "A tenant to make for the run, with its share of the jobs and its weight in the fair share, 1 each if left out. Needs "
            + "the operator's key in $RDM_ADMIN_KEY. May be repeated.",
        "NAME[:SHARE[:WEIGHT]]");
    readonly Option<string?> keys = OptionOf.File("--keys",
        "Tenants that are there: a CSV file with the columns tenant,key[,share[,weight]].");

    public IEnumerable<Option> All => [made, keys];

    /// <exception cref="UsageException">They are said wrongly.</exception>
    public async Task<IReadOnlyList<LoadTenant>> ReadAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var wanted = line.GetValue(made) ?? [];
        if (line.GetValue(keys) is { } file)
            return wanted.Length == 0 ? Distinct(await KeyFile.ReadAsync(file, cancellationToken), "--keys")
                : throw new UsageException("Give --tenant or --keys, not both.");
        return wanted.Length == 0 ? [new(new("local"))]
            : Distinct([.. wanted.Select(text => new LoadTenant(Parse(text)))], "--tenant");
    }

    /// <summary>Whether they are to be made first.</summary>
    public bool AreMade(ParseResult line) => line.GetValue(made) is { Length: > 0 };

    static TenantShare Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length <= 3 && IsName(parts[0]) && Number(parts, 1) is { } share && Number(parts, 2) is { } weight
            ? new(parts[0], share, weight)
            : throw new UsageException($"--tenant must be NAME, NAME:SHARE or NAME:SHARE:WEIGHT with up to {LongestName} "
                + $"small letters, digits and hyphens and "
                + $"numbers above 0, as in loud:10, not '{text}'.");
    }

    static bool IsName(string name) => name.Length is > 0 and <= LongestName && char.IsAsciiLetterOrDigit(name[^1])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    static double? Number(string[] parts, int index) => index >= parts.Length ? 1
        : double.TryParse(parts[index], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and <= 1e6 ? number : null;

    static IReadOnlyList<LoadTenant> Distinct(IReadOnlyList<LoadTenant> tenants, string option) =>
        tenants.GroupBy(tenant => tenant.Name).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new UsageException($"{option} names '{twice.Key}' twice.") : tenants;
}
