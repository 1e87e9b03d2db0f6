using System.ComponentModel;
using RdmCloud.Gateway.Generations;

namespace RdmCloud.Gateway.Access;

public sealed record NewKeyRequest
{
    const int MaxName = 100;

    public required string Name { get; init; }

    [Description("What the key may do: scopes that your own key has.")]
    public required IReadOnlyList<string> Scopes { get; init; }

    [Description("Default: it does not expire.")]
    public long? ExpiresInSeconds { get; init; }

    internal TimeSpan? Lifetime => ExpiresInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <exception cref="ValidationException">A field is not valid.</exception>
    internal void Check(IReadOnlySet<string> allowed)
    {
        var problems = new Problems();
        problems.Require(Name.Trim().Length is > 0 and <= MaxName, "name", $"It must have 1 to {MaxName} characters.");
        problems.Require(Scopes.Count > 0, "scopes", "Name one at least.");
        foreach (var scope in Scopes.Where(scope => !Access.Scopes.OfTenants.Contains(scope) || !allowed.Contains(scope)))
            problems.Add("scopes", $"'{scope}' is no scope, or your own key lacks it.");
        problems.Require(
            ExpiresInSeconds is null or >= 1 and <= 10L * 366 * 86400, "expires_in_seconds", "It must be 1 s to ten years.");
        if (problems.Any)
            throw problems.ToException();
    }
}
