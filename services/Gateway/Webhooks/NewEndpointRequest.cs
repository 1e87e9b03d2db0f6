using System.ComponentModel;

namespace RdmCloud.Gateway.Webhooks;

public sealed record NewEndpointRequest
{
    public required string Url { get; init; }

    [Description("The types of events wanted. Default: all.")]
    public IReadOnlyList<string> Events { get; init; } = [];

    public string? Description { get; init; }
}
