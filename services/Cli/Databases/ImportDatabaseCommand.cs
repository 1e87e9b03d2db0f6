using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Compute;
using RdmCloud.Diffusion.Models;
using RdmCloud.VectorStore;
using TorchSharp;

namespace RdmCloud.Cli.Databases;

sealed class ImportDatabaseCommand : CommandWithExamples
{
    readonly Argument<string[]> sources = new("source")
    {
        Description = "A folder or .zip of pictures, with a metadata.jsonl if there is one "
            + "(a JSON object a line: file, id, title, author, license, source); or the original's .npz parts, "
            + "a file or a folder, whose embeddings must be those of the model's CLIP: nothing in them tells.",
        HelpName = "SOURCE",
        Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<string> output = OptionOf.Output(
        "The database's folder: a new one, or a database of the same CLIP to extend.");
    readonly Option<string?> model = OptionOf.Model();
    readonly Option<string?> name = OptionOf.Text("--name", "The database's short name. [default: its folder's]", "NAME");
    readonly Option<string?> title = OptionOf.Text("--title", "A title for people.", "TEXT");
    readonly Option<string?> license = OptionOf.Text(
        "--license", "The license of the database, and of the pictures that name none themselves.", "SPDX");
    readonly Option<ElementType?> dtype = OptionOf.Choice(
        "--dtype", "How embeddings are stored. [default: float16]",
        new Dictionary<string, ElementType> { ["float16"] = ElementType.Float16, ["float32"] = ElementType.Float32 });
    readonly Option<int?> threads = OptionOf.Number(
        "--threads", "Threads to compute with. [default: as many as are free]", 1, 256);

    public ImportDatabaseCommand() : base("import", "Make an image database, or extend one.",
        "rdm databases import ~/pictures -o my-style",
        "rdm databases import icons.zip -o icons --title \"My icons\" --license CC-BY-4.0",
        "rdm databases import openimages/ -o openimages --model models/imagenet-rdm")
    {
        ArgumentChecks.FileOrFolder(sources, "SOURCE");
        Add(sources);
        foreach (var option in (IEnumerable<Option>)[output, model, name, title, license, dtype, threads])
            Add(option);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        using var clip = new RdmModel(ModelLocation.Open(line.GetValue(model)));
        torch.set_num_threads(line.GetValue(threads) ?? ComputeProbe.Choose().Threads);
        var folder = line.GetRequiredValue(output);
        var description = Describe(line, folder, clip.Directory);
        var bad = 0;
        var opened = new List<IRowSource>();
        try
        {
            foreach (var source in line.GetRequiredValue(sources))
            {
                var sourceName = description?.Name ?? Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(source));
                opened.Add(RowSources.Open(source, sourceName, clip, line.GetValue(license), Refuse));
            }
            var report = await Terminal.WithProgressAsync("embedding", inBytes: false, progress =>
                new DatabaseImport(clip.Directory.Manifest, opened, progress).RunAsync(folder, description, cancellationToken));
            DatabaseSummary.Write(report with { Bad = bad });
            return 0;
        }
        finally
        {
            opened.ForEach(source => source.Dispose());
        }

        void Refuse(string file, string why)
        {
            bad++;
            Terminal.Warn($"{file}: {why}");
        }
    }

    /// <returns>Null for a database that is there already.</returns>
    DatabaseInfo? Describe(ParseResult line, string folder, ModelDirectory clip)
    {
        if (File.Exists(Path.Combine(folder, "database.json")))
            return (line.GetValue(name) ?? line.GetValue(title) ?? line.GetValue(dtype)?.ToString()) is null
                ? null
                : throw new UsageException(
                    $"'{folder}' is a database already: --name, --title and --dtype are only for a new one.");
        return new()
        {
            Name = line.GetValue(name) ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            Title = line.GetValue(title),
            EmbeddingSpace = clip.Manifest.EmbeddingSpace ?? throw new UsageException(
                $"--model: {clip.Path} has no CLIP, so no database can be made for it. Import it again with --clip."),
            Dimension = clip.Manifest.Network.Config.ContextDim,
            ElementType = line.GetValue(dtype) ?? ElementType.Float16,
            License = line.GetValue(license),
            Created = TimeProvider.System.GetUtcNow(),
        };
    }
}
