namespace RdmCloud.Gateway.Ledger;

/// <summary>A model that a worker has said it draws with.</summary>
public sealed class KnownModel
{
    public required string Name { get; init; }

    /// <summary>A <see cref="Contracts.Models.ModelDescription"/> as JSON.</summary>
    public required string Description { get; set; }

    public required DateTimeOffset SeenAt { get; set; }
}
