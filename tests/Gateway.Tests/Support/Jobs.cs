using RdmCloud.Contracts.Generations;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Support;

static class Jobs
{
    public static Job New(string tenant = "tenant-a", string id = "gen_1", DateTimeOffset? at = null, int cost = 20) => new()
    {
        Id = id,
        Tenant = tenant,
        Model = "tiny",
        Lane = Lane.Interactive,
        Priority = 5,
        Pictures = 1,
        Cost = cost,
        CreatedAt = at ?? DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.MaxValue,
        Generation = LedgerJson.Write(Drawing()),
        Metadata = "{}",
    };

    static Generation Drawing() => new()
    {
        Query = new(Text: "a heart"),
        Model = "tiny",
        K = 0,
        Pictures = 1,
        Seed = 1,
        GuidanceScale = 2,
        Steps = 20,
        Sampler = SamplerKind.Ddim,
        Width = 64,
        Height = 64,
        ExpiresAt = DateTimeOffset.MaxValue,
    };
}
