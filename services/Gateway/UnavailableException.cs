namespace RdmCloud.Gateway;

/// <summary>What was asked for will be possible in a moment.</summary>
public sealed class UnavailableException(string message, TimeSpan retryAfter) : Exception(message)
{
    public TimeSpan RetryAfter => retryAfter;
}
