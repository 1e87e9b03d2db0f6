namespace RdmCloud.Sampling.Workers;

/// <summary>This process among those that draw.</summary>
static class Worker
{
    public static string Name { get; } = $"{Environment.MachineName}-{Environment.ProcessId}";
}
