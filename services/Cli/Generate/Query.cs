namespace RdmCloud.Cli.Generate;

/// <summary>What a picture is asked for with: one of the three.</summary>
/// <param name="Image">A picture's file.</param>
/// <param name="IsRandom">A database entry, chosen by the picture's seed.</param>
sealed record Query(string? Prompt = null, string? Image = null, bool IsRandom = false)
{
    public string Label => Prompt ?? (Image is null ? "random" : Path.GetFileNameWithoutExtension(Image));
}
