using System.CommandLine;
using System.Text.Json;
using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Compute;
using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using TorchSharp;

namespace RdmCloud.Cli.Generate;

sealed class GenerateCommand : CommandWithExamples
{
    readonly Argument<string[]> prompts = new("prompt")
    {
        Description = "What to draw, in quotes. Several only with --sheet.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    readonly Option<string?> model = OptionOf.Model();
    readonly Option<string[]> databases = OptionOf.Texts(
        "--database", "A folder with an image database, which gives the style; several are mixed by their weights. "
            + "[default: as --style]", "DIR[:weight]");
    readonly Option<string[]> styles = OptionOf.Texts(
        "--style", "The database of this name in the model's own folder databases/. "
            + "[default: the one that the model recommends, else the first; with --sheet all]", "NAME[:weight]");
    readonly Option<string?> image = OptionOf.File("--image", "A picture as the query, instead of a prompt.");
    readonly Option<bool> random = new("--random")
    {
        Description = "A database entry, chosen by the seed, as the query: draws from its neighbors alone.",
    };
    readonly Option<bool> sheet = new("--sheet")
    {
        Description = "Draw one contact sheet: a row for each prompt, a column for each database.",
    };
    readonly GenerateOptions how = new();
    readonly Option<string> output = new("-o", "--output")
    {
        Description = "A folder, or the name of a .png file. A file that exists is kept, and the new one gets a number.",
        HelpName = "OUT",
        DefaultValueFactory = _ => "out",
    };
    readonly Option<bool> force = new("--force") { Description = "Overwrite files that exist." };
    readonly Option<bool> json = OptionOf.Json();
    readonly Option<int?> threads = OptionOf.Number(
        "--threads", "Threads to compute with. [default: as many as are free]", 1, 256);

    public GenerateCommand() : base("generate", "Draw pictures for a prompt in the style of an image database.",
        "rdm generate \"a red heart\"",
        "rdm generate \"a red heart\" --style fluent-3d -n 8 --seed 1 -o hearts",
        "rdm generate \"a red heart\" --style noto:2 --database ~/my-pictures:1 -k 12",
        "rdm generate --image photo.jpg --style twemoji",
        "rdm generate --random --style noto -n 16",
        "rdm generate --sheet \"a cat\" \"a tree\" --style noto --style twemoji -o sheet.png")
    {
        Add(prompts);
        IEnumerable<Option> options =
            [model, databases, styles, image, random, sheet, .. how.All, output, force, json, threads];
        foreach (var option in options)
            Add(option);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var queries = Queries(line);
        var isSheet = line.GetValue(sheet);
        var directory = ModelLocation.Open(line.GetValue(model));
        var settings = how.Read(line, directory.Manifest, isSheet);
        using var shelf = new StyleShelf(directory);
        var chosen = Styles(line, shelf, settings, isSheet);
        torch.set_num_threads(line.GetValue(threads) ?? ComputeProbe.Choose().Threads);
        using var drawer = new RdmModel(directory);
        var pictures = await Terminal.WithProgressAsync("drawing", inBytes: false, progress =>
            new Painter(drawer, settings, progress, cancellationToken).DrawAsync(queries, chosen));
        var records = pictures.Select(picture => PictureRecord.Of(picture, settings, directory)).ToArray();
        var files = new OutputFiles(line.GetValue(output)!, line.GetValue(force));
        var sheetImage = isSheet
            ? await PictureSheet.OfPromptsAndStylesAsync(pictures, queries.Count, settings.Pictures, cancellationToken)
            : pictures.Count > 1 ? await PictureSheet.OfOnePromptAsync(pictures, cancellationToken) : null;
        var seconds = Math.Round(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 3);
        var report = Write(pictures, records, sheetImage, isSheet, files) with { Seconds = seconds };
        if (line.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(report, CliJson.Indented.GenerateReport));
        else
            GenerateSummary.Write(report, isSheet);
        return 0;
    }

    /// <exception cref="UsageException">There is not exactly one kind of query.</exception>
    IReadOnlyList<Query> Queries(ParseResult line)
    {
        var given = line.GetValue(prompts) ?? [];
        var query = new Query(Image: line.GetValue(image), IsRandom: line.GetValue(random));
        if ((given.Length > 0 ? 1 : 0) + (query.Image is null ? 0 : 1) + (query.IsRandom ? 1 : 0) != 1)
            throw new UsageException("Give a prompt, or --image FILE, or --random: one of the three.");
        if (given.Any(string.IsNullOrWhiteSpace))
            throw new UsageException("The prompt must not be empty.");
        if (given.Length > 1 && !line.GetValue(sheet))
            throw new UsageException(
                "Several prompts are drawn only with --sheet. "
                + $"Put a prompt of several words in quotes: \"{string.Join(' ', given)}\".");
        return given.Length == 0 ? [query] : [.. given.Select(prompt => new Query(prompt))];
    }

    IReadOnlyList<Style> Styles(ParseResult line, StyleShelf shelf, GenerateSettings settings, bool isSheet)
    {
        if (!settings.WithNeighbors)
            return line.GetValue(random)
                || line.GetValue(databases) is not ([] or null) || line.GetValue(styles) is not ([] or null)
                ? throw new UsageException("--no-neighbors cannot be combined with --random, --database or --style.")
                : [new("no neighbors", [])];
        var opened = shelf.Open(line.GetValue(databases) ?? [], line.GetValue(styles) ?? [], allOwn: isSheet);
        return isSheet ? [.. opened.Select(database => new Style(database.Index.Info.Name, [database]))] : [new("", opened)];
    }

    static GenerateReport Write(
        IReadOnlyList<DrawnPicture> pictures, PictureRecord[] records, RgbImage? sheet, bool isSheet, OutputFiles files)
    {
        var name = Slug.Of(pictures[0].Query.Label);
        var written = pictures.Zip(records, (picture, record) => new PictureFile(isSheet ? null
            : files.Write(name, $"{picture.Seed}", pictures.Count == 1, PngWriter.Encode(picture.Image, PictureTexts.Of(record))),
            record)).ToArray();
        return new(written, sheet is null ? null
            : files.Write(name, $"{pictures[0].Seed}-sheet", isSheet, PngWriter.Encode(sheet, PictureTexts.OfSheet(records))), 0);
    }
}
