using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using RdmCloud.Training.Data;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Embedded;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Styles;

/// <summary>A style: an image database, held in memory to be measured with.</summary>
public sealed record StyleDatabase(string Name, string Words, IReadOnlyList<DatabaseRow> Rows)
{
    /// <summary>The rows' embeddings at length one: (N, D).</summary>
    public Tensor Embeddings { get; } =
        Training.Rows.Unit([.. Rows.Select(row => row.Embedding.ToArray())]).DetachFromDisposeScope();

    /// <summary>All databases of a model.</summary>
    /// <exception cref="TrainingException">It has none, or they hold no titles or no pictures.</exception>
    public static async Task<IReadOnlyList<StyleDatabase>> LoadAllAsync(ModelDirectory model, CancellationToken cancellationToken)
    {
        var databases = new List<StyleDatabase>();
        foreach (var name in model.Databases)
        {
            using var index = EmbeddedIndex.Open(model.DatabasePath(name));
            var rows = new List<DatabaseRow>();
            foreach (var row in await index.ListAsync(null, -1, int.MaxValue, cancellationToken))
                rows.Add(await index.GetAsync(row.Row, cancellationToken));
            rows.RemoveAll(row => string.IsNullOrWhiteSpace(row.Provenance.Title) || row.Thumbnail.IsEmpty);
            if (rows.Count == 0)
                throw new TrainingException(
                    $"The pictures of {model.DatabasePath(name)} have no titles or thumbnails, "
                    + "so nothing can be measured with them.");
            databases.Add(new(name, StyleWords.Of(name, index.Info.Title), rows));
        }
        return databases.Count > 0 ? databases
            : throw new TrainingException(
                $"{model.Path} has no databases. Make some in {model.DatabasePath("NAME")} with 'rdm databases import'.");
    }

    /// <summary>One database of all the pictures of several.</summary>
    public static StyleDatabase Mix(IEnumerable<StyleDatabase> databases) =>
        new("all", "", [.. databases.SelectMany(database => database.Rows)]);

    /// <summary>The rows nearest to a query (D), nearest first.</summary>
    public IReadOnlyList<DatabaseRow> Nearest(Tensor query, int k)
    {
        using var scope = NewDisposeScope();
        var nearest = Embeddings.matmul(nn.functional.normalize(query, dim: 0)).topk((int)Math.Min(k, Rows.Count), 0).indexes;
        return [.. nearest.data<long>().ToArray().Select(row => Rows[(int)row])];
    }

    /// <summary>What a row shows; the same in every style of a data set.</summary>
    public static string SubjectOf(DatabaseRow row) => Path.GetFileNameWithoutExtension(row.Provenance.ImageId);

    /// <summary>A row's caption: its title, without the finish that some databases add in brackets.</summary>
    public static string TitleOf(DatabaseRow row)
    {
        var title = row.Provenance.Title!;
        return Finishes.All.FirstOrDefault(finish => title.EndsWith($" ({finish.Id})", StringComparison.Ordinal)) is { } named
            ? title[..^(named.Id.Length + 3)]
            : title;
    }

    /// <summary>Whether no RDM is trained on the row's subject.</summary>
    public static bool IsHeldOut(DatabaseRow row) => DatasetSplit.OfSubject(SubjectOf(row)) != DatasetSplit.Training;

    /// <summary>A row's picture.</summary>
    public static RgbImage PictureOf(DatabaseRow row) =>
        ImageFile.Read(new MemoryStream(row.Thumbnail.ToArray()), Transparency.OnWhite);
}
