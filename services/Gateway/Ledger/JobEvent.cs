namespace RdmCloud.Gateway.Ledger;

/// <summary>What a client that watches a job is told, in order and again if it missed it.</summary>
public sealed class JobEvent
{
    public required string Job { get; init; }

    /// <summary>1, 2, … within the job.</summary>
    public required int Sequence { get; init; }

    /// <summary>One of <see cref="JobEventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>JSON.</summary>
    public required string Data { get; init; }

    public required DateTimeOffset At { get; init; }
}
