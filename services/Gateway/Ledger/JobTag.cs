namespace RdmCloud.Gateway.Ledger;

/// <summary>What jobs are filtered by: <c>database</c>, or <c>metadata.</c> and the client's own name.</summary>
public sealed class JobTag
{
    public const string Database = "database";
    public const string MetadataPrefix = "metadata.";

    public required string Job { get; init; }

    public required string Name { get; init; }

    public required string Value { get; init; }
}
