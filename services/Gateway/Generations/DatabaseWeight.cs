using System.ComponentModel;

namespace RdmCloud.Gateway.Generations;

public sealed record DatabaseWeight
{
    [Description("The database's id.")]
    public required string Id { get; init; }

    [Description("Its part of the neighbors, relative to the other weights. Default: 1.")]
    public double Weight { get; init; } = 1;

    [Description("The version to search. Default: the latest.")]
    public long? Version { get; init; }
}
