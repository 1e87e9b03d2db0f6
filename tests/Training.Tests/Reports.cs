namespace RdmCloud.Training;

/// <summary>Hands every report on at once, on the thread that makes it.</summary>
sealed class Reports<T>(Action<T> take) : IProgress<T>
{
    public void Report(T value) => take(value);
}
