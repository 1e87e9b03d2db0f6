namespace RdmCloud.Cli.Generate;

/// <summary>A picture as <c>--json</c> prints it.</summary>
/// <param name="File">Where it lies; null for one that is on the sheet alone.</param>
sealed record PictureFile(string? File, PictureRecord Parameters);
