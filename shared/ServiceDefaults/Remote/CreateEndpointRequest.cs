namespace RdmCloud.ServiceDefaults.Remote;

/// <summary>What <see cref="HttpWebhooks"/> asks for a new endpoint.</summary>
public sealed record CreateEndpointRequest(string Url, IReadOnlyList<string> Events, string? Description);
