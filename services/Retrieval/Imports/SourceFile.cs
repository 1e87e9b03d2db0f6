namespace RdmCloud.Retrieval.Imports;

/// <param name="Name">As whoever gave it named it, with folders.</param>
/// <param name="Entry">The name in the zip archive, where the object is one.</param>
sealed record SourceFile(string Name, string Key, string? Entry = null);
