using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Sampling;

namespace RdmCloud.Diffusion.Import;

/// <summary>Makes a model directory of an RDM checkpoint and a CLIP, a few megabytes at a time.</summary>
public sealed class ModelImporter(IProgress<ImportProgress>? progress = null)
{
    const string NetworkFile = "network.safetensors";
    const string AutoencoderFile = "autoencoder.safetensors";
    const string ImageFile = "image-tower.safetensors";
    const string TextFile = "text-tower.safetensors";

    /// <summary>The folder appears when the model is complete.</summary>
    /// <exception cref="ModelException">The files do not make a model; the message says why.</exception>
    /// <exception cref="CheckpointException">A file is damaged.</exception>
    public async Task<ImportReport> ImportAsync(ImportOptions options, CancellationToken cancellationToken = default)
    {
        if (Directory.Exists(options.Output) && Directory.EnumerateFileSystemEntries(options.Output).Any())
            throw new ModelException($"{options.Output} is not empty. Choose a new folder for the model.");
        using var checkpoint = CheckpointFile.Open(options.Checkpoint);
        using var clip = options.Clip is null ? null : new ClipFolder(options.Clip, options.TextEncoder);
        var config = options.Config is null ? RdmShapes.Read(checkpoint) : OriginalConfig.Read(options.Config);
        if (clip is not null && clip.Shapes.ImageConfig().EmbedDim != config.Network.ContextDim)
            throw new ModelException(
                $"The network looks at embeddings of {config.Network.ContextDim} values, but the CLIP in {options.Clip} "
                + $"makes {clip.Shapes.ImageConfig().EmbedDim}: it is another model's.");

        var warnings = new List<string>();
        var parts = Parts(options, checkpoint, clip, config, warnings);
        var partial = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Output)) + ".partial";
        Directory.CreateDirectory(partial);
        try
        {
            Write(parts, partial, cancellationToken);
            foreach (var file in clip?.TokenizerFiles ?? [])
                File.Copy(file, Path.Combine(partial, Path.GetFileName(file)));
            ModelDirectory.Create(partial, await ManifestAsync(options, partial, clip, config, cancellationToken));
            if (Directory.Exists(options.Output))
                Directory.Delete(options.Output); // empty, or this fails
            Directory.Move(partial, options.Output);
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }
        if (clip is null)
            warnings.Add("The model has no CLIP: it reads neither prompts nor pictures. Import it with --clip to give it one.");
        return new(ModelDirectory.Open(options.Output), warnings);
    }

    static List<(string File, ITensorSource Tensors)> Parts(
        ImportOptions options, ITensorSource checkpoint, ClipFolder? clip, OriginalConfig config, List<string> warnings)
    {
        var network = Expectation.Of(() => new UNetModel(config.Network));
        var weights = EmaWeights.Select(checkpoint.Tensors.Keys, [.. network.Names]);
        if (weights.Warning is not null)
            warnings.Add(weights.Warning);
        var raw = weights.Names.Where(pair => checkpoint.Tensors.ContainsKey(pair.Value)).ToDictionary();
        var autoencoder = config.AutoencoderKind == AutoencoderKind.Kl
            ? Expectation.Of(() => new AutoencoderKL(config.Autoencoder))
            : Expectation.Of(() => new VQModelInterface(config.Autoencoder));
        var parts = new List<(string, ITensorSource)>
        {
            (NetworkFile, network.In(new RenamedTensors(checkpoint, raw), options.Checkpoint)),
            (AutoencoderFile, autoencoder.In(RenamedTensors.Under(checkpoint, "first_stage_model."), options.Checkpoint)),
        };
        if (clip is not null)
        {
            var image = Expectation.Of(() => ImageTower.Create(clip.Shapes.ImageConfig()));
            parts.Add((ImageFile, image.In(clip.Shapes.Image, options.Clip!)));
            var text = clip.Shapes.IsBert
                ? Expectation.Of(() => new BertTextTower(clip.Shapes.BertConfig()))
                : Expectation.Of(() => new ClipTextTransformer(clip.Shapes.TextConfig()));
            parts.Add((TextFile, text.In(clip.Shapes.Text, options.Clip!)));
        }
        return parts;
    }

    void Write(List<(string File, ITensorSource Tensors)> parts, string folder, CancellationToken cancellationToken)
    {
        var total = parts.Sum(part => part.Tensors.Tensors.Values.Sum(tensor => tensor.ByteLength));
        var written = 0L;
        foreach (var (file, tensors) in parts)
        {
            var (path, part) = (Path.Combine(folder, file), Path.GetFileNameWithoutExtension(file));
            PartFile.Write(path, tensors, bytes => progress?.Report(new(part, written += bytes, total)), cancellationToken);
        }
    }

    static async Task<ModelManifest> ManifestAsync(
        ImportOptions options, string folder, ClipFolder? clip, OriginalConfig config, CancellationToken cancellationToken)
    {
        Task<string> Hash(string file) => ModelDirectory.HashAsync(Path.Combine(folder, file), cancellationToken);
        var isKl = config.AutoencoderKind == AutoencoderKind.Kl;
        var side = config.Network.ImageSize > 0 ? config.Network.ImageSize * config.Autoencoder.Factor : isKl ? 768 : 256;
        return new()
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Output))),
            Network = new() { File = NetworkFile, Sha256 = await Hash(NetworkFile), Config = config.Network },
            Autoencoder = new()
            {
                File = AutoencoderFile,
                Sha256 = await Hash(AutoencoderFile),
                Kind = config.AutoencoderKind,
                Config = config.Autoencoder,
            },
            Image = clip is null ? null : new()
            {
                File = ImageFile,
                Sha256 = await Hash(ImageFile),
                Config = clip.Shapes.ImageConfig(),
                Preprocessing = Preprocessing.Stretch,
            },
            Text = clip is null ? null : new()
            {
                File = TextFile,
                Sha256 = await Hash(TextFile),
                Clip = clip.Shapes.IsBert ? null : clip.Shapes.TextConfig(),
                Bert = clip.Shapes.IsBert ? clip.Shapes.BertConfig() : null,
                TokenizerFiles = [.. clip.TokenizerFiles.Select(file => Path.GetFileName(file))],
            },
            Schedule = config.Schedule,
            Parameterization = config.Parameterization,
            ScaleFactor = config.ScaleFactor ?? 1,
            // The two families of the original differ: the LAION model (KL) looks at embeddings of length one,
            // the ImageNet models (VQ) at CLIP's own.
            Conditioning = new(isKl ? Normalization.Unit : Normalization.Raw),
            Defaults = isKl
                ? new(10, 5, 50, Sampler.Ddim, side, side)
                : new((config.K ?? 4) - 1, 2, 100, Sampler.Ddim, side, side),
        };
    }
}
