namespace RdmCloud.Cli.Generate;

/// <summary>What <c>rdm generate --json</c> prints.</summary>
/// <param name="Sheet">The file of the sheet, if one was made.</param>
sealed record GenerateReport(IReadOnlyList<PictureFile> Pictures, string? Sheet, double Seconds);
