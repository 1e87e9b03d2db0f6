namespace RdmCloud.Contracts.Databases;

/// <summary>Where an import's images lie in the object store.</summary>
/// <param name="Kind">A set of pictures, a zip archive, or parts of the original's databases.</param>
/// <param name="Keys">The objects; for <see cref="ImportKind.Prefix"/> the prefix alone.</param>
/// <param name="Model">The model whose CLIP embeds them.</param>
/// <param name="License">Of images that say none of their own.</param>
public sealed record ImportSource(ImportKind Kind, IReadOnlyList<string> Keys, string Model, string? License = null);
