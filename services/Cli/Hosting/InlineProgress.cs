namespace RdmCloud.Cli.Hosting;

/// <summary>Reports on the thread that works, in order.</summary>
sealed class InlineProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
