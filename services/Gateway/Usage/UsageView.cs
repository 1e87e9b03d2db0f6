namespace RdmCloud.Gateway.Usage;

public sealed record UsageView(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<UsageLine> Items);
