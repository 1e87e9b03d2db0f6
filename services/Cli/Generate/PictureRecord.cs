using RdmCloud.Diffusion.Models;

namespace RdmCloud.Cli.Generate;

/// <summary>All that made a picture: what its file keeps of it, and what is printed as JSON.</summary>
sealed record PictureRecord
{
    public string? Prompt { get; init; }

    public string? Negative { get; init; }

    /// <summary>The name of the picture's file that was the query.</summary>
    public string? Image { get; init; }

    /// <summary>The id of the database entry that was the query.</summary>
    public string? QueryEntry { get; init; }

    public required ulong Seed { get; init; }

    public required int K { get; init; }

    public required int Steps { get; init; }

    public required double Guidance { get; init; }

    public required string Sampler { get; init; }

    /// <summary>Null where the steps were not random.</summary>
    public double? Eta { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required bool QueryInContext { get; init; }

    public required ModelRecord Model { get; init; }

    public required IReadOnlyList<DatabaseRecord> Databases { get; init; }

    public required IReadOnlyList<string> Pinned { get; init; }

    public required IReadOnlyList<string> Excluded { get; init; }

    public required IReadOnlyList<NeighborRecord> Neighbors { get; init; }

    public static PictureRecord Of(DrawnPicture picture, GenerateSettings settings, ModelDirectory model) => new()
    {
        Prompt = picture.Query.Prompt,
        Negative = settings.Negative,
        Image = Path.GetFileName(picture.Query.Image),
        QueryEntry = picture.QueryEntry,
        Seed = picture.Seed,
        K = settings.WithNeighbors ? settings.K : 0,
        Steps = settings.Steps,
        Guidance = settings.GuidanceScale,
        Sampler = SamplerNames.Of(settings.Sampler),
        Eta = settings.Eta > 0 ? settings.Eta : null,
        Width = settings.Width,
        Height = settings.Height,
        QueryInContext = settings.WithQuery && !picture.Query.IsRandom,
        Model = new(model.Manifest.Name, model.Hash),
        Databases = [.. picture.Style.Databases
            .Select(database => new DatabaseRecord(database.Index.Info.Name, database.Weight))],
        Pinned = settings.Pinned,
        Excluded = settings.Excluded,
        Neighbors = [.. picture.Neighbors.Select(NeighborRecord.Of)],
    };
}
