using System.CommandLine;
using System.Text.RegularExpressions;
using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Sampling;

namespace RdmCloud.Cli.Generate;

/// <summary>The options of <c>rdm generate</c> that say how pictures are drawn.</summary>
sealed partial class GenerateOptions
{
    const int LargestSide = 4096;

    readonly Option<string?> negative = OptionOf.Text(
        "--negative", "What to steer away from, instead of from no context at all.", "TEXT");
    readonly Option<int?> k = OptionOf.Number("-k", "Neighbors to look at. [default: the model's]", 1, 1000);
    readonly Option<int?> pictures = OptionOf.Number(
        "-n", "Pictures to draw, with the seeds from --seed on. [default: 4; 1 of each with --sheet]", 1, 64);
    readonly Option<int?> steps = OptionOf.Number(
        "--steps", "Steps of the sampler, up to the model's schedule, mostly 1000. [default: the model's]", 1, int.MaxValue);
    readonly Option<double?> guidance = OptionOf.Number<double>(
        "--guidance", "How strongly to follow the context: 1 leaves guidance out. [default: the model's]", 0, double.MaxValue);
    readonly Option<Sampler?> sampler = OptionOf.Choice(
        "--sampler", "How to walk from noise to a picture. [default: the model's]", SamplerNames.All);
    readonly Option<double?> eta = OptionOf.Number<double>(
        "--eta", "How random the steps of ddim are: 0 for not at all, 1 for as much as in training. [default: 0]", 0, 1);
    readonly Option<uint?> seed = OptionOf.Number<uint>(
        "--seed", "The same seed gives the same picture. [default: a new one each time]", 0, uint.MaxValue);
    readonly Option<string?> size = OptionOf.Text(
        "--size", "Width and height in pixels, as in 64x64. [default: the model's]", "WxH");
    readonly Option<string[]> pinned = OptionOf.Texts(
        "--pin", "A picture that must be among the neighbors, by its id. May be repeated.", "ID");
    readonly Option<string[]> excluded = OptionOf.Texts(
        "--exclude", "A picture that must not be among the neighbors. May be repeated.", "ID");
    readonly Option<bool> noQuery = new("--no-query")
    {
        Description = "Look at the neighbors alone, not at the prompt or picture that found them.",
    };
    readonly Option<bool> noNeighbors = new("--no-neighbors")
    {
        Description = "Look at the prompt or picture alone; needs no database.",
    };

    public IEnumerable<Option> All =>
        [negative, k, pictures, steps, guidance, sampler, eta, seed, size, pinned, excluded, noQuery, noNeighbors];

    public bool WithNeighbors(ParseResult line) => !line.GetValue(noNeighbors);

    /// <exception cref="UsageException">A value does not fit the model or another value.</exception>
    public GenerateSettings Read(ParseResult line, ModelManifest model, bool isSheet)
    {
        var defaults = model.Defaults;
        var settings = new GenerateSettings
        {
            Negative = line.GetValue(negative),
            K = line.GetValue(k) ?? Math.Max(defaults.K, 1),
            Pictures = line.GetValue(pictures) ?? (isSheet ? 1 : 4),
            Steps = line.GetValue(steps) ?? defaults.Steps,
            GuidanceScale = line.GetValue(guidance) ?? defaults.GuidanceScale,
            Sampler = line.GetValue(sampler) ?? defaults.Sampler,
            Eta = line.GetValue(eta) ?? 0,
            Seed = line.GetValue(seed) ?? (uint)Random.Shared.Next(1_000_000),
            Width = defaults.Width,
            Height = defaults.Height,
            Pinned = line.GetValue(pinned) ?? [],
            Excluded = line.GetValue(excluded) ?? [],
            WithQuery = !line.GetValue(noQuery),
            WithNeighbors = WithNeighbors(line),
        };
        if (line.GetValue(size) is { } text)
            settings = Sized(settings, text, model.SizeMultiple);
        return Checked(settings, model);
    }

    static GenerateSettings Sized(GenerateSettings settings, string text, int multiple)
    {
        if (Size.Match(text) is { Success: true } match
            && int.Parse(match.Groups[1].ValueSpan) is var width && int.Parse(match.Groups[2].ValueSpan) is var height
            && IsSide(width) && IsSide(height))
            return settings with { Width = width, Height = height };
        throw new UsageException(
            $"--size must be two multiples of {multiple} from {multiple} to {LargestSide / multiple * multiple} "
            + $"with an x between, as in {4 * multiple}x{4 * multiple}, not '{text}'.");

        bool IsSide(int side) => side > 0 && side <= LargestSide && side % multiple == 0;
    }

    static GenerateSettings Checked(GenerateSettings settings, ModelManifest model)
    {
        if (settings.Steps > model.Schedule.Timesteps)
            throw new UsageException(
                $"--steps must be a whole number from 1 to {model.Schedule.Timesteps}, the length of the model's schedule, "
                + $"not '{settings.Steps}'.");
        if (settings is { Eta: > 0, Sampler: not Sampler.Ddim })
            throw new UsageException(
                $"--eta belongs to --sampler ddim: {SamplerNames.Of(settings.Sampler)} has no randomness in its steps.");
        if (settings is { WithQuery: false, WithNeighbors: false })
            throw new UsageException("--no-query and --no-neighbors together leave nothing to draw from.");
        if (settings.Pinned.Intersect(settings.Excluded).FirstOrDefault() is { } both)
            throw new UsageException($"--pin and --exclude cannot both name '{both}'.");
        if (settings.Pinned.Distinct().Count() > settings.K)
            throw new UsageException($"--pin may name as many pictures as there are neighbors, -k {settings.K}, not more.");
        return settings;
    }

    [GeneratedRegex(@"^(\d{1,5})x(\d{1,5})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    static partial Regex Size { get; }
}
