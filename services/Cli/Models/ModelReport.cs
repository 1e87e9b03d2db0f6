using RdmCloud.Cli.Generate;
using RdmCloud.Diffusion.Models;

namespace RdmCloud.Cli.Models;

/// <summary>What <c>rdm models info</c> tells.</summary>
sealed record ModelReport
{
    public required string Name { get; init; }

    public required string Path { get; init; }

    public required string Hash { get; init; }

    public string? License { get; init; }

    /// <summary>Null where nobody asked.</summary>
    public bool? Verified { get; init; }

    public required long Bytes { get; init; }

    public required int ContextDim { get; init; }

    public string? EmbeddingSpace { get; init; }

    public string? TextTower { get; init; }

    public required string Autoencoder { get; init; }

    public required string Parameterization { get; init; }

    public required string Normalization { get; init; }

    public required int Timesteps { get; init; }

    public required int K { get; init; }

    public required int Steps { get; init; }

    public required double Guidance { get; init; }

    public required string Sampler { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int SizeMultiple { get; init; }

    public required IReadOnlyList<string> Styles { get; init; }

    /// <exception cref="ModelException">A part is missing.</exception>
    public static ModelReport Of(ModelDirectory model)
    {
        var manifest = model.Manifest;
        var parts = new ModelPart?[] { manifest.Network, manifest.Autoencoder, manifest.Text, manifest.Image }
            .OfType<ModelPart>();
        return new()
        {
            Name = manifest.Name,
            Path = model.Path,
            Hash = model.Hash,
            License = manifest.License,
            Bytes = parts.Sum(part => new FileInfo(model.FileOf(part.File)).Length),
            ContextDim = manifest.Network.Config.ContextDim,
            EmbeddingSpace = manifest.EmbeddingSpace,
            TextTower = manifest.Text switch { { Bert: not null } => "bert", { Clip: not null } => "clip", _ => null },
            Autoencoder = $"{manifest.Autoencoder.Kind.ToString().ToLowerInvariant()}-f{manifest.Autoencoder.Config.Factor}",
            Parameterization = manifest.Parameterization.ToString().ToLowerInvariant(),
            Normalization = manifest.Conditioning.Normalization.ToString().ToLowerInvariant(),
            Timesteps = manifest.Schedule.Timesteps,
            K = manifest.Defaults.K,
            Steps = manifest.Defaults.Steps,
            Guidance = manifest.Defaults.GuidanceScale,
            Sampler = SamplerNames.Of(manifest.Defaults.Sampler),
            Width = manifest.Defaults.Width,
            Height = manifest.Defaults.Height,
            SizeMultiple = manifest.SizeMultiple,
            Styles = model.Databases,
        };
    }
}
