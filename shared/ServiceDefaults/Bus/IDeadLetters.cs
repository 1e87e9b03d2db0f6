namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>Commands that were given up, beside the queues of the stages and of imports, for an operator to decide on.</summary>
public interface IDeadLetters
{
    /// <summary>What lies there, at most the first thousand of each queue.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Null where it is not there, or somebody else looks at it in this moment; likewise false below.</summary>
    Task<DeadLetterContent?> FindAsync(string queue, string id, CancellationToken cancellationToken);

    /// <summary>Gives the command to its stage once more.</summary>
    Task<bool> SendAgainAsync(string queue, string id, CancellationToken cancellationToken);

    Task<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken);
}
