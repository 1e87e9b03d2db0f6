namespace RdmCloud.Contracts.Generations;

/// <summary>What is to be drawn, complete and checked: the same generation is the same picture, whoever draws it.</summary>
public sealed record Generation
{
    public required GenerationQuery Query { get; init; }

    /// <summary>A text to steer away from; null for the paper's all-zero context.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Where neighbors are looked up; empty where the query alone is drawn from.</summary>
    public IReadOnlyList<DatabaseChoice> Databases { get; init; } = [];

    /// <summary>The number of neighbors, 0…20, pinned ones included.</summary>
    public required int K { get; init; }

    /// <summary>Ids of images that must be among the neighbors.</summary>
    public IReadOnlyList<string> Pinned { get; init; } = [];

    /// <summary>Ids of images that must not.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    /// <summary>1…10. Picture i is drawn from the noise of <see cref="Seed"/> + i.</summary>
    public required int Pictures { get; init; }

    /// <summary>0…2⁵³ - 11, so that every picture's seed is a number that JSON carries exactly.</summary>
    public required long Seed { get; init; }

    public required double GuidanceScale { get; init; }

    public required int Steps { get; init; }

    public required SamplerKind Sampler { get; init; }

    /// <summary>In pixels.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    public required int Height { get; init; }

    public PictureFormat Format { get; init; }

    /// <summary>Whether pictures are shown while they form.</summary>
    public bool Previews { get; init; }

    public Lane Lane { get; init; }

    /// <summary>When the job has expired, wherever it is.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>When the results are deleted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
