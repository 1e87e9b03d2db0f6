namespace RdmCloud.Webhooks.Deliveries;

/// <summary>
/// When an attempt follows one that failed: as Standard Webhooks proposes, ten attempts in a little over three days.
/// </summary>
static class DeliverySchedule
{
    const double Jitter = 0.1;

    static readonly TimeSpan longest = TimeSpan.FromDays(1);

    static readonly TimeSpan[] delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <param name="attempts">Made so far.</param>
    /// <param name="retryAfter">What the receiver asked for.</param>
    /// <returns>Null where no attempt follows.</returns>
    public static TimeSpan? After(int attempts, TimeSpan? retryAfter)
    {
        if (attempts > delays.Length)
            return null;
        var delay = delays[attempts - 1] * (1 + Jitter * Random.Shared.NextDouble());
        return retryAfter > delay ? (retryAfter < longest ? retryAfter : longest) : delay;
    }
}
