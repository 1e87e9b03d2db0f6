using RdmCloud.Diffusion.Models;
using RdmCloud.Training.Styles;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Evaluation;

/// <summary>
/// What the context gives: from few neighbors to many, and with the query's token as it is, moved to where pictures lie, or left
/// out. Every sample is in the next style, prompts and noise are the same in each row.
/// </summary>
public sealed class ContextSweep(
    RdmModel model, IReadOnlyList<StyleDatabase> databases, Judge judge, StyleJudge styleJudge, SampleSettings settings)
{
    const int SubjectRank = 5;

    static readonly int[] neighbors = [1, 2, 4, 8, 16];

    readonly IReadOnlyList<string> prompts = Prompts.Choose(databases, settings.Samples, settings.Seed);

    /// <summary>Pictures that will be drawn.</summary>
    public int Pictures => neighbors.Length * Enum.GetValues<QueryToken>().Length * settings.Samples;

    public ContextReport Run(SamplePainter painter)
    {
        using var scope = NewDisposeScope();
        var queries = Judge.Texts(model, prompts);
        var all = cat([.. databases.Select(database => database.Embeddings)]);
        var shift = all.mean([0]) - Judge.Texts(model, Prompts.All(databases)).mean([0]); // from texts to pictures
        var rows = new List<ContextFigures>();
        foreach (var token in Enum.GetValues<QueryToken>())
            foreach (var k in neighbors)
            {
                using var part = NewDisposeScope();
                var pictures = painter.Draw([.. prompts.Select((_, i) => Context(queries[i], token, shift, StyleOf(i), k))]);
                var looks = judge.Features.Look(pictures);
                var right = styleJudge.Accuracy(
                    pictures, [.. Enumerable.Range(0, prompts.Count).Select(i => i % databases.Count)]);
                rows.Add(new(token, k, right, judge.SubjectRecall(looks, prompts, SubjectRank), judge.Alignment(looks, prompts)));
            }
        return new(settings, rows);
    }

    StyleDatabase StyleOf(int sample) => databases[sample % databases.Count];

    static IReadOnlyList<ReadOnlyMemory<float>> Context(
        Tensor query, QueryToken token, Tensor shift, StyleDatabase database, int k)
    {
        var nearest = database.Nearest(query, k).Select(row => row.Embedding);
        return token switch
        {
            QueryToken.Raw => [query.data<float>().ToArray(), .. nearest],
            QueryToken.Moved => [nn.functional.normalize(query + shift, dim: 0).data<float>().ToArray(), .. nearest],
            _ => [.. nearest],
        };
    }
}
