using RdmCloud.Contracts.Generations;

namespace RdmCloud.Storage.Results;

/// <param name="Query"><c>prompt</c>, <c>image</c> or <c>vector</c>.</param>
public sealed record ManifestParameters(
    string Query,
    string? Prompt,
    string? NegativePrompt,
    int K,
    IReadOnlyList<string> Pinned,
    IReadOnlyList<string> Excluded,
    long Seed,
    SamplerKind Sampler,
    int Steps,
    double GuidanceScale,
    int Width,
    int Height,
    PictureFormat Format)
{
    public static ManifestParameters Of(Generation generation) => new(
        generation.Query switch { { Text: not null } => "prompt", { ImageKey: not null } => "image", _ => "vector" },
        generation.Query.Text,
        generation.NegativePrompt,
        generation.K,
        generation.Pinned,
        generation.Excluded,
        generation.Seed,
        generation.Sampler,
        generation.Steps,
        generation.GuidanceScale,
        generation.Width,
        generation.Height,
        generation.Format);
}
