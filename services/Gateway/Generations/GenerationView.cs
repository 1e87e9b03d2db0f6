using RdmCloud.Contracts.Generations;

namespace RdmCloud.Gateway.Generations;

/// <summary>What a job draws, as its client sees it: the request with every default filled in.</summary>
public sealed record GenerationView(
    string? Prompt,
    bool? Image,
    bool? Vector,
    string? NegativePrompt,
    string Model,
    IReadOnlyList<DatabaseView> Databases,
    int K,
    IReadOnlyList<string> Pinned,
    IReadOnlyList<string> Excluded,
    int N,
    long Seed,
    double GuidanceScale,
    int Steps,
    SamplerKind Sampler,
    int Width,
    int Height,
    PictureFormat Format,
    Lane Lane)
{
    public static GenerationView Of(Generation generation) => new(
        generation.Query.Text,
        generation.Query.ImageKey is null ? null : true,
        generation.Query.Vector is null ? null : true,
        generation.NegativePrompt,
        generation.Model,
        [.. generation.Databases.Select(database => new DatabaseView(database.Database, database.Weight, database.Version))],
        generation.K,
        generation.Pinned,
        generation.Excluded,
        generation.Pictures,
        generation.Seed,
        generation.GuidanceScale,
        generation.Steps,
        generation.Sampler,
        generation.Width,
        generation.Height,
        generation.Format,
        generation.Lane);
}
