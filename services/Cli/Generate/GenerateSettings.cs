using RdmCloud.Diffusion.Sampling;

namespace RdmCloud.Cli.Generate;

/// <summary>What all pictures of a run share, with the model's defaults filled in.</summary>
sealed record GenerateSettings
{
    public string? Negative { get; init; }

    public required int K { get; init; }

    /// <summary>Of each prompt in each style.</summary>
    public required int Pictures { get; init; }

    public required int Steps { get; init; }

    public required double GuidanceScale { get; init; }

    public required Sampler Sampler { get; init; }

    /// <summary>The randomness of DDIM's steps, 0 to 1.</summary>
    public required double Eta { get; init; }

    public required uint Seed { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required IReadOnlyList<string> Pinned { get; init; }

    public required IReadOnlyList<string> Excluded { get; init; }

    /// <summary>Whether the query's own embedding is in the context.</summary>
    public required bool WithQuery { get; init; }

    public required bool WithNeighbors { get; init; }
}
