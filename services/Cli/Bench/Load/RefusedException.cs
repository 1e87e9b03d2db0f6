using System.Net;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>The gateway has answered, and not as wished.</summary>
/// <param name="quota">The quota that is used up, where that is why.</param>
sealed class RefusedException(HttpStatusCode status, string title, string? quota) : Exception(title)
{
    public HttpStatusCode Status => status;

    /// <summary>The same for all refusals of a kind.</summary>
    public string Kind => quota is null ? $"HTTP {(int)status}" : $"HTTP {(int)status}, {quota}";

    /// <summary>It may be different in a moment.</summary>
    public bool IsTransient =>
        status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
