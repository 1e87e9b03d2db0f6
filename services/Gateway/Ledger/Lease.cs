namespace RdmCloud.Gateway.Ledger;

/// <summary>Work that one replica at a time does.</summary>
public sealed class Lease
{
    public required string Name { get; init; }

    public required string Holder { get; set; }

    public required DateTimeOffset Until { get; set; }
}
