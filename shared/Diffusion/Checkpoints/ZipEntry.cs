namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>A file in a zip archive that is stored as it is.</summary>
/// <param name="Header">Where its local header begins; its bytes come after that.</param>
/// <param name="Limit">Where the next entry or the directory begins.</param>
sealed record ZipEntry(string Name, long Header, long Length, long Limit);
