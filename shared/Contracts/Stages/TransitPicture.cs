namespace RdmCloud.Contracts.Stages;

/// <summary>A picture on its way from sampling to storage.</summary>
/// <param name="Key">Its key in the object store, below <c>transit/</c>.</param>
public sealed record TransitPicture(int Picture, long Seed, string Key, string ContentType, int Width, int Height);
