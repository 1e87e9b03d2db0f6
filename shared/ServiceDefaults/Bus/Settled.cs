using MassTransit;

namespace RdmCloud.ServiceDefaults.Bus;

public static class Settled
{
    /// <summary>
    /// Says that a filter has dealt with a message that no consumer has taken to its end. MassTransit would lay it aside as
    /// one that nobody knows.
    /// </summary>
    public static Task SettleAsync<T>(this ConsumeContext<T> context, string by) where T : class =>
        context.NotifyConsumed(context, TimeSpan.Zero, by);
}
