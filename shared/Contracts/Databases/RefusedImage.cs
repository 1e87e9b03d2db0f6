namespace RdmCloud.Contracts.Databases;

/// <param name="Name">The file, as the source names it.</param>
public sealed record RefusedImage(string Name, string Reason);
