using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Access;

public sealed record KeyView(
    string Id, string Name, string Prefix, IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    public static KeyView Of(ApiKey key) =>
        new(key.Id, key.Name, key.Prefix, key.Scopes.Split(' '), key.CreatedAt, key.ExpiresAt, key.RevokedAt);
}
