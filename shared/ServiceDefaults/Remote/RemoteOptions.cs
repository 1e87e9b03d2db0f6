namespace RdmCloud.ServiceDefaults.Remote;

/// <summary>Section <c>Remote</c>: where the other services answer, for the reads that do not go over the bus.</summary>
public sealed class RemoteOptions
{
    public const string Section = "Remote";

    public Uri? Embedding { get; set; }

    public Uri? Retrieval { get; set; }

    public Uri? Webhooks { get; set; }

    /// <summary>
    /// Shared by all services of an installation; a call without it is refused. Required where a service answers calls.
    /// </summary>
    public string? Token { get; set; }
}
