using RdmCloud.Diffusion.Models;
using RdmCloud.Images;
using RdmCloud.Training.Autoencoders;
using RdmCloud.Training.Clip;
using RdmCloud.Training.Data;
using RdmCloud.Training.Styles;
using RdmCloud.VectorStore;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Evaluation;

/// <summary>Measures each part of a model on the pictures of its databases, and what it draws against those held out.</summary>
/// <param name="features">What the distances between samples and held-out pictures are taken in.</param>
public sealed class QualityCheck(
    RdmModel model, IReadOnlyList<StyleDatabase> databases, Judge judge, IPictureFeatures features, SampleSettings settings)
{
    const int MostReconstructed = 96, MostHeldOut = 50, SubjectRank = 5, SheetRows = 6;

    /// <summary>Pictures that will be drawn.</summary>
    public int Pictures => settings.Samples;

    public QualityReport Run(SamplePainter painter)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var centroids = nn.functional.normalize(stack([.. databases.Select(Centroid)]), dim: 1); // (styles, D)
        var parts = databases.Select((database, number) => Of(database, number, centroids)).ToArray();
        var (drawn, copies) = Drawn(painter);
        return new(settings, parts, drawn, copies);
    }

    DatabaseFigures Of(StyleDatabase database, int number, Tensor centroids)
    {
        using var part = NewDisposeScope();
        string[] titles = [.. database.Rows.Select(StyleDatabase.TitleOf)];
        var texts = Judge.Texts(model, titles);
        var unseen = RowsWhere(database, row => DatasetSplit.IsHeldOutPair(database.Name, StyleDatabase.SubjectOf(row)));
        var heldOut = RowsWhere(database, StyleDatabase.IsHeldOut);
        return new(
            database.Name,
            Reconstruction(database),
            Recall.Of(texts, database.Embeddings, (query, answer) => titles[query] == titles[answer]),
            Recall.Of(Take(texts, unseen), database.Embeddings, (query, answer) => titles[unseen[query]] == titles[answer]),
            Recall.Of(database.Embeddings, texts, (query, answer) => titles[query] == titles[answer]),
            heldOut.Length == 0 ? double.NaN
                : Take(database.Embeddings, heldOut).matmul(centroids.t()).argmax(1).eq(number)
                    .to(ScalarType.Float32).mean().item<float>());
    }

    // Of training subjects, so that held-out pictures do not judge themselves.
    static Tensor Centroid(StyleDatabase database)
    {
        var rows = RowsWhere(database, row => !StyleDatabase.IsHeldOut(row));
        return (rows.Length == 0 ? database.Embeddings : Take(database.Embeddings, rows)).mean([0]);
    }

    double Reconstruction(StyleDatabase database)
    {
        using var scope = NewDisposeScope();
        var (defaults, count) = (model.Directory.Manifest.Defaults, Math.Min(MostReconstructed, database.Rows.Count));
        var pictures = Enumerable.Range(0, count)
            .Select(i => StyleDatabase.PictureOf(database.Rows[i * database.Rows.Count / count]))
            .Where(picture => picture.Width == defaults.Width && picture.Height == defaults.Height).ToArray();
        if (pictures.Length == 0)
            return double.NaN;
        var images = tensor(pictures.SelectMany(picture => picture.Pixels).ToArray())
            .view(pictures.Length, defaults.Height, defaults.Width, 3).permute(0, 3, 1, 2)
            .to(ScalarType.Float32).div(127.5).sub(1);
        var reconstructed = cat([.. images.split(32).Select(batch => model.Autoencoder.Decode(model.Autoencoder.Encode(batch)))]);
        return AutoencoderTask.PeakSignalToNoise(images, reconstructed);
    }

    (SampleFigures, RgbImage) Drawn(SamplePainter painter)
    {
        var prompts = Prompts.Choose(databases, settings.Samples, settings.Seed);
        var texts = Judge.Texts(model, prompts);
        var samples = painter.Draw([.. prompts.Select((_, i) => Context(texts[i], databases[i % databases.Count]))]);
        var (looks, seen, held) = (judge.Features.Look(samples), features.Look(samples), features.Look(HeldOut()));
        DatabaseRow[] known = [.. databases.SelectMany(database => database.Rows)];
        var (nearest, places) = looks.matmul(judge.Features.Look([.. known.Select(StyleDatabase.PictureOf)]).t()).max(1);
        var figures = new SampleFigures(
            samples.Count, (int)held.size(0), Distances.Frechet(seen, held), Distances.Kernel(seen, held),
            judge.Alignment(looks, prompts), judge.SubjectRecall(looks, prompts, SubjectRank),
            nearest.mean().item<float>(), nearest.max().item<float>());
        var rows = nearest.argsort(0, descending: true).data<long>().ToArray().Take(SheetRows).Select(i =>
        {
            var original = StyleDatabase.PictureOf(known[places[i].item<long>()]);
            return new ContactSheetRow(prompts[(int)i], [new(samples[(int)i], [original])]);
        });
        return (figures, ContactSheet.Render([], [.. rows]));
    }

    RgbImage[] HeldOut() =>
    [
        .. databases
            .SelectMany(database => database.Rows
                .Where(StyleDatabase.IsHeldOut).DefaultIfEmpty(database.Rows[0]).Take(MostHeldOut))
            .Select(StyleDatabase.PictureOf),
    ];

    IReadOnlyList<ReadOnlyMemory<float>> Context(Tensor query, StyleDatabase database) =>
        [query.data<float>().ToArray(), .. database.Nearest(query, settings.K).Select(row => row.Embedding)];

    static Tensor Take(Tensor embeddings, long[] rows) => embeddings.index_select(0, tensor(rows));

    static long[] RowsWhere(StyleDatabase database, Func<DatabaseRow, bool> condition) =>
        [.. database.Rows.Index().Where(row => condition(row.Item)).Select(row => (long)row.Index)];
}
