namespace RdmCloud.Gateway.Ledger;

/// <summary>Something that webhooks are to be told of: written with what happened, deleted once it is on the bus.</summary>
public sealed class OutboxEntry
{
    public required string Job { get; init; }

    /// <summary>Of the job's event; with the job it names what happened.</summary>
    public required int Sequence { get; init; }

    /// <summary>One of <see cref="Contracts.Webhooks.EventTypes"/>.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset At { get; init; }
}
