namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>
/// Of the bus in one process, which lists nothing: its queues end with the process, so what fails for good ends in the ledger,
/// and what fails with the process is sent again by the ledger when it starts.
/// </summary>
sealed class NoDeadLetters : IDeadLetters
{
    public Task<IReadOnlyList<DeadLetter>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([]);

    public Task<DeadLetterContent?> FindAsync(string queue, string id, CancellationToken cancellationToken) =>
        Task.FromResult<DeadLetterContent?>(null);

    public Task<bool> SendAgainAsync(string queue, string id, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken) => Task.FromResult(false);
}
