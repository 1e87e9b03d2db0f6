using RdmCloud.Diffusion.Checkpoints;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Sampling;
using RdmCloud.Diffusion.Tokenizers;
using RdmCloud.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Models;

/// <summary>
/// A model ready to embed and to draw. Its parts are read when they are first needed. Use one thread: torch's scopes and
/// modes belong to the thread that entered them.
/// </summary>
public sealed class RdmModel : IDisposable
{
    const int TokensApart = 4;

    readonly Lazy<UNetModel> network;
    readonly Lazy<Autoencoder> autoencoder;
    readonly Lazy<TextTower> text;
    readonly Lazy<ITextTokenizer> tokenizer;
    readonly Lazy<ImageTower> image;

    public RdmModel(ModelDirectory directory)
    {
        Directory = directory;
        var manifest = directory.Manifest;
        network = new(() => Load(manifest.Network, () => new UNetModel(manifest.Network.Config)));
        autoencoder = new(() => Load<Autoencoder>(manifest.Autoencoder, () => manifest.Autoencoder.Kind == AutoencoderKind.Kl
            ? new AutoencoderKL(manifest.Autoencoder.Config)
            : new VQModelInterface(manifest.Autoencoder.Config)));
        text = new(() => Load<TextTower>(TextPart, () => TextPart switch
        {
            { Clip: { } config } => new ClipTextTransformer(config),
            { Bert: { } config } => new BertTextTower(config),
            _ => throw new ModelException($"{directory.Path}: the text tower has no configuration."),
        }));
        tokenizer = new(CreateTokenizer);
        image = new(() => Load(ImagePart, () => ImageTower.Create(ImagePart.Config)));
        Schedule = new(manifest.Schedule.Timesteps, manifest.Schedule.LinearStart, manifest.Schedule.LinearEnd);
    }

    public ModelDirectory Directory { get; }

    public NoiseSchedule Schedule { get; }

    public UNetModel Network => network.Value;

    public Autoencoder Autoencoder => autoencoder.Value;

    public ImageTower ImageTower => image.Value;

    /// <summary>A text's embedding (D), not normalized, and whether the text was too long and cut.</summary>
    public (float[] Embedding, bool Truncated) EmbedText(string prompt) => EmbedTexts([prompt])[0];

    /// <summary>The same for several texts at once, which is faster; the numbers differ by rounding alone.</summary>
    public IReadOnlyList<(float[] Embedding, bool Truncated)> EmbedTexts(IReadOnlyList<string> prompts)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var texts = prompts.Select(tokenizer.Value.Encode).ToArray();
        var embedded = new (float[], bool)[texts.Length];
        // Padding costs as much as text does, so those go together that are about as long.
        foreach (var group in Enumerable.Range(0, texts.Length).GroupBy(i => texts[i].Ids.Length / TokensApart))
        {
            int[] rows = [.. group];
            var longest = rows.Max(i => texts[i].Ids.Length);
            var ids = zeros(rows.Length, longest, ScalarType.Int64); // (B, T), cut at the longest's end token
            for (var row = 0; row < rows.Length; row++)
                ids[row, ..texts[rows[row]].Ids.Length] = tensor(texts[rows[row]].Ids.Select(id => (long)id).ToArray());
            var embeddings = text.Value.forward(ids);
            for (var row = 0; row < rows.Length; row++)
                embedded[rows[row]] = (Floats(embeddings.select(0, row)), texts[rows[row]].Truncated);
        }
        return embedded;
    }

    /// <summary>The embeddings (D) of pictures, not normalized.</summary>
    public float[][] EmbedImages(IReadOnlyList<RgbImage> pictures)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var size = ImagePart.Config.ImageResolution;
        var pixels = stack(pictures.Select(picture => tensor(Prepared(picture, size)).view(3, size, size)));
        var embeddings = image.Value.forward(pixels);
        return [.. Enumerable.Range(0, pictures.Count).Select(i => Floats(embeddings.select(0, i)))];
    }

    /// <summary>Embeddings as a context (N, D), normalized and scaled as the network was trained.</summary>
    public Tensor Context(IReadOnlyList<ReadOnlyMemory<float>> embeddings)
    {
        using var scope = NewDisposeScope();
        var tokens = stack(embeddings.Select(embedding => tensor(embedding.ToArray())));
        var conditioning = Directory.Manifest.Conditioning;
        if (conditioning.Normalization == Normalization.Unit)
            tokens = nn.functional.normalize(tokens, dim: -1);
        return tokens.Times(conditioning.Scale).MoveToOuterDisposeScope();
    }

    /// <summary>Draws the pictures of a request.</summary>
    /// <param name="onStep">Called after every step; it may throw to stop.</param>
    /// <exception cref="ModelException">The request does not fit the model.</exception>
    public IReadOnlyList<RgbImage> Draw(DrawingRequest request, Action<SamplingStep>? onStep = null)
    {
        request.EnsureFits(Directory.Manifest);
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        using var noise = new PictureNoise(request.Seed, request.Pictures, request.LatentShape(Directory.Manifest));
        var latents = Sample(noise.Next(), request, onStep, _ => noise.Next());
        return Decode(latents);
    }

    /// <summary>From noise (B, C, h, w) to the network's latents (B, C, h, w).</summary>
    /// <param name="stepNoise">As in <see cref="Samplers.Ddim"/>.</param>
    public Tensor Sample(
        Tensor noise, DrawingRequest request, Action<SamplingStep>? onStep = null, Func<int, Tensor>? stepNoise = null)
    {
        using var scope = NewDisposeScope();
        var context = Context(request.Context);
        var negative = request.Negative is { } embedding ? Context([embedding]) : null;
        var timesteps = Samplers.Timesteps(request.Sampler, Schedule, request.Steps);
        using var guided = new GuidedNetwork(
            Network, Schedule, Directory.Manifest.Parameterization, [context], negative, request.GuidanceScale, timesteps);
        return Samplers.Run(request.Sampler, guided.Predict, noise, Schedule, request.Steps, onStep, request.Eta, stepNoise)
            .MoveToOuterDisposeScope();
    }

    /// <summary>The network's latents (B, C, h, w) → pictures.</summary>
    public IReadOnlyList<RgbImage> Decode(Tensor latents)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var images = Autoencoder.Decode(latents.Times(1 / Directory.Manifest.ScaleFactor)); // (B, 3, H, W) in [-1, 1]
        // The original truncates instead of rounding.
        var bytes = images.Plus(1).Times(0.5).Clamped(0, 1).Times(255).to(ScalarType.Byte).permute(0, 2, 3, 1).contiguous();
        int height = (int)bytes.size(1), width = (int)bytes.size(2);
        return [.. Enumerable.Range(0, (int)bytes.size(0))
            .Select(i => new RgbImage(width, height, [.. bytes.select(0, i).bytes]))];
    }

    public void Dispose()
    {
        foreach (var part in new[] { Made(network), Made(autoencoder), Made(text), Made(image) })
            part?.Dispose();

        static nn.Module? Made<T>(Lazy<T> part) where T : nn.Module => part.IsValueCreated ? part.Value : null;
    }

    TextPart TextPart => Directory.Manifest.Text
        ?? throw new ModelException(
            $"{Directory.Path} has no text tower, so it cannot read a prompt. Import it again with --clip.");

    ImagePart ImagePart => Directory.Manifest.Image
        ?? throw new ModelException(
            $"{Directory.Path} has no image tower, so it cannot look at pictures. Import it again with --clip.");

    T Load<T>(ModelPart part, Func<T> create) where T : nn.Module
    {
        var path = Directory.FileOf(part.File);
        using var source = SafetensorsFile.Open(path);
        using var ordinary = inference_mode(false); // or a part first asked for while drawing could never be trained
        var module = create();
        module.LoadFrom(source, path);
        module.eval();
        // The part may be asked for inside a dispose scope, which must not take its weights along when it ends.
        foreach (var weight in module.state_dict().Values)
            weight.DetachFromDisposeScope();
        return module;
    }

    ITextTokenizer CreateTokenizer()
    {
        foreach (var file in TextPart.TokenizerFiles)
            Directory.FileOf(file);
        return TextPart.Bert is { } bert
            ? WordPieceTokenizer.Load(Directory.Path, bert.ContextLength)
            : ClipTokenizer.Load(Directory.Path, TextPart.Clip!.ContextLength);
    }

    float[] Prepared(RgbImage picture, int size) => ImagePart.Preprocessing == Preprocessing.Stretch
        ? ClipPreprocessing.Stretch(picture, size)
        : ClipPreprocessing.CenterCrop(picture, size);

    static float[] Floats(Tensor values) => [.. values.to(ScalarType.Float32).flatten().data<float>()];
}
