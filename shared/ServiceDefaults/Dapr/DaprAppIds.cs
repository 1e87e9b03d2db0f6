namespace RdmCloud.ServiceDefaults.Dapr;

/// <summary>What the services are called where Dapr finds them.</summary>
public sealed class DaprAppIds
{
    public string Embedding { get; set; } = "embedding";

    public string Retrieval { get; set; } = "retrieval";

    public string Webhooks { get; set; } = "webhooks";
}
