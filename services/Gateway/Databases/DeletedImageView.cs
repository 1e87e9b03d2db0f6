namespace RdmCloud.Gateway.Databases;

/// <param name="Version">The first that does not hold the image.</param>
/// <param name="Purged">No version holds it any more.</param>
public sealed record DeletedImageView(string Database, string Image, long Version, bool Purged);
