namespace RdmCloud.Contracts.Databases;

/// <param name="Id">Names the image in its database; several rows may be patches of it.</param>
public sealed record DatabaseImage(string Id, string? Title, string? Author, string? License, string? Source);
