namespace RdmCloud.Contracts.Generations;

/// <summary>A picture at its final place.</summary>
/// <param name="Picture">0 for the job's first.</param>
/// <param name="Key">Its key in the object store, and its thumbnail's.</param>
/// <param name="Sha256">Of the picture's file, in lower-case hexadecimal.</param>
public sealed record StoredPicture(
    int Picture, long Seed, string Key, string ThumbnailKey, string ContentType,
    int Width, int Height, long Bytes, string Sha256);
