using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Models;
using RdmCloud.VectorStore.Embedded;
using RdmCloud.VectorStore.Mixing;

namespace RdmCloud.Cli.Generate;

/// <summary>Opens the databases that a command line names, or the model's own.</summary>
sealed class StyleShelf(ModelDirectory model) : IDisposable
{
    readonly List<WeightedDatabase> opened = [];

    /// <summary>The databases in their order; without any named the model's default style, or all of its own.</summary>
    /// <exception cref="UsageException">One is missing or of another CLIP, or there is none.</exception>
    public IReadOnlyList<WeightedDatabase> Open(IReadOnlyList<string> databases, IReadOnlyList<string> styles, bool allOwn)
    {
        foreach (var text in databases)
            Add("--database", DatabaseChoice.Parse("--database", text, Directory.Exists), path => path);
        foreach (var text in styles)
            Add(
                "--style", DatabaseChoice.Parse("--style", text, name => Directory.Exists(model.DatabasePath(name))),
                model.DatabasePath);
        if (opened.Count > 0)
            return opened;
        var own = model.Databases;
        if (own.Count == 0)
            throw new UsageException(
                $"{model.Path} has no databases of its own. Name one with --database, or draw with --no-neighbors.");
        foreach (var name in allOwn ? own : [model.DefaultDatabase!])
            Add("--style", new(name, 1), model.DatabasePath);
        return opened;
    }

    public void Dispose()
    {
        foreach (var database in opened)
            database.Index.Dispose();
    }

    void Add(string option, DatabaseChoice choice, Func<string, string> pathOf)
    {
        var path = pathOf(choice.Name);
        if (option == "--style" && !model.Databases.Contains(choice.Name))
            throw new UsageException(
                $"--style: the model has no style '{choice.Name}'; "
                + $"it has {(model.Databases is { Count: > 0 } own ? string.Join(", ", own) : "none")}.");
        if (!Directory.Exists(path))
            throw new UsageException($"{option}: there is no folder '{path}'.");
        var index = EmbeddedIndex.Open(path);
        opened.Add(new(index, choice.Weight));
        EmbeddingSpaces.Check(model.Manifest, index.Info);
    }
}
