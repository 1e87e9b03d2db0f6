namespace RdmCloud.Gateway.Ledger;

/// <summary>Someone who watches a job until disposed of.</summary>
public sealed class JobWatch(string job, Action<JobWatch> gone) : IDisposable
{
    public string Job => job;

    public Signal Changed { get; } = new();

    public void Dispose() => gone(this);
}
