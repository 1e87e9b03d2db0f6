using System.Net;

namespace RdmCloud.Webhooks.Deliveries;

/// <summary>What came of sending a message once.</summary>
/// <param name="Error">For the tenant; null where it arrived.</param>
/// <param name="Counts">Whether it was made at all: not while a host is left alone.</param>
sealed record Attempt(HttpStatusCode? Status = null, string? Error = null, TimeSpan? RetryAfter = null, bool Counts = true)
{
    public bool Arrived => Error is null;
}
