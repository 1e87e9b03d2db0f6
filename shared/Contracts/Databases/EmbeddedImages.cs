namespace RdmCloud.Contracts.Databases;

/// <summary>What became of a batch of images.</summary>
public sealed record EmbeddedImages(IReadOnlyList<EmbeddedImage> Images, IReadOnlyList<RefusedImage> Refused);
