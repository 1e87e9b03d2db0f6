using System.CommandLine;
using System.Text.Json;
using RdmCloud.Cli.Generate;
using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using RdmCloud.VectorStore.Embedded;
using TorchSharp;

namespace RdmCloud.Cli.Databases;

sealed class SearchDatabaseCommand : CommandWithExamples
{
    readonly Argument<string> folder = new("folder") { Description = "The database's folder.", HelpName = "DIR" };
    readonly Argument<string?> text = new("text")
    {
        Description = "What to look for, in quotes.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    readonly Option<string?> image = OptionOf.File("--image", "Look for what is like this picture, instead of a text.");
    readonly Option<string?> model = OptionOf.Model();
    readonly Option<int?> k = OptionOf.Number("-k", "How many to find. [default: 10]", 1, 1000);
    readonly Option<bool> json = OptionOf.Json();

    public SearchDatabaseCommand() : base("search", "Find the pictures of a database that are nearest to a text or a picture.",
        "rdm databases search my-style \"a red heart\" -k 5",
        "rdm databases search my-style --image photo.jpg")
    {
        ArgumentChecks.Folder(folder, "DIR");
        Add(folder);
        Add(text);
        foreach (var option in (IEnumerable<Option>)[image, model, k, json])
            Add(option);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var (words, picture) = (line.GetValue(text), line.GetValue(image));
        if (words is null == picture is null || words is not null && string.IsNullOrWhiteSpace(words))
            throw new UsageException("Give a text, or --image FILE: one of the two.");
        var directory = ModelLocation.Open(line.GetValue(model));
        using var index = EmbeddedIndex.Open(line.GetRequiredValue(folder));
        EmbeddingSpaces.Check(directory.Manifest, index.Info);
        torch.set_num_threads(1);
        using var clip = new RdmModel(directory);
        var query = words is not null
            ? clip.EmbedText(words).Embedding
            : clip.EmbedImages([ImageFile.Read(picture!, Transparency.OnWhite)])[0];
        var found = (await index.SearchAsync([query], line.GetValue(k) ?? 10, cancellationToken: cancellationToken))[0];
        var report = new SearchReport([.. found.Select(neighbor => NeighborRecord.Of(index, neighbor))]);
        if (line.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(report, CliJson.Indented.SearchReport));
        else
            NeighborTable.Write(report.Neighbors);
        return 0;
    }
}
