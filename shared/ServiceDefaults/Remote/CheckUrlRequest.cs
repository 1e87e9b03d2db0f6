namespace RdmCloud.ServiceDefaults.Remote;

/// <summary>What <see cref="HttpWebhooks"/> asks before an address is accepted.</summary>
public sealed record CheckUrlRequest(string Url);
