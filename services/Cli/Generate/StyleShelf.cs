using RdmCloud.Cli.Hosting;
using RdmCloud.Diffusion.Models;
using RdmCloud.VectorStore.Embedded;
using RdmCloud.VectorStore.Mixing;

namespace RdmCloud.Cli.Generate;

/// <summary>Opens the databases that a command line names, or the model's own.</summary>
sealed class StyleShelf(ModelDirectory model) : IDisposable
{
    const string OwnFolder = "databases";
    readonly List<WeightedDatabase> opened = [];

    /// <summary>The names of a model's own databases.</summary>
    public static IReadOnlyList<string> NamesOf(ModelDirectory model) => Path.Combine(model.Path, OwnFolder) is var folder && !Directory.Exists(folder) ? [] : [.. Directory.GetDirectories(folder)
        .Where(database => File.Exists(Path.Combine(database, "database.json")))
        .Select(database => Path.GetFileName(database))
        .Order(StringComparer.Ordinal)];

    /// <summary>The databases in their order; without any named the model's default style, or all of its own.</summary>
    /// <exception cref="UsageException">One is missing or of another CLIP, or there is none.</exception>
    public IReadOnlyList<WeightedDatabase> Open(IReadOnlyList<string> databases, IReadOnlyList<string> styles, bool allOwn)
    {
        foreach (var text in databases)
            Add("--database", DatabaseChoice.Parse("--database", text, Directory.Exists), path => path);
        foreach (var text in styles)
            Add("--style", DatabaseChoice.Parse("--style", text, name => Directory.Exists(OwnPath(name))), OwnPath);
        if (opened.Count > 0)
            return opened;
        var own = NamesOf(model);
        if (own.Count == 0)
            throw new UsageException($"{model.Path} has no databases of its own. Name one with --database, or draw with --no-neighbors.");
        var standard = model.Manifest.Defaults.Style is { } style && own.Contains(style) ? style : own[0];
        foreach (var name in allOwn ? own : [standard])
            Add("--style", new(name, 1), OwnPath);
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
        if (option == "--style" && !NamesOf(model).Contains(choice.Name))
            throw new UsageException($"--style: the model has no style '{choice.Name}'; it has {(NamesOf(model) is { Count: > 0 } own ? string.Join(", ", own) : "none")}.");
        if (!Directory.Exists(path))
            throw new UsageException($"{option}: there is no folder '{path}'.");
        var index = EmbeddedIndex.Open(path);
        opened.Add(new(index, choice.Weight));
        EmbeddingSpaces.Check(model.Manifest, index.Info);
    }

    string OwnPath(string name) => Path.Combine(model.Path, OwnFolder, name);
}
