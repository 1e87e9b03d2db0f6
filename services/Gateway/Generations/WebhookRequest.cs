using System.ComponentModel;

namespace RdmCloud.Gateway.Generations;

public sealed record WebhookRequest
{
    public required string Url { get; init; }

    [Description("The types of events wanted. Default: all.")]
    public IReadOnlyList<string> Events { get; init; } = [];
}
