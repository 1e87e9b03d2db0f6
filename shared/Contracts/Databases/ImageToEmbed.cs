namespace RdmCloud.Contracts.Databases;

/// <param name="Name">As the source names it.</param>
/// <param name="Key">The object that holds it.</param>
/// <param name="Entry">Where the object is a zip archive, the name inside it.</param>
/// <param name="Image">What is known of it; its id names it in the database.</param>
public sealed record ImageToEmbed(string Name, string Key, string? Entry, DatabaseImage Image);
