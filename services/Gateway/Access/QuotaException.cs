namespace RdmCloud.Gateway.Access;

/// <summary>A tenant has used up what it may take.</summary>
/// <param name="quota">The quota's name.</param>
/// <param name="retryAfter">When there is room again, as far as that is known.</param>
public sealed class QuotaException(string quota, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public string Quota => quota;

    public TimeSpan? RetryAfter => retryAfter;
}
