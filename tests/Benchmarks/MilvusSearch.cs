using System.Diagnostics;
using RdmCloud.Benchmarks.Harness;
using RdmCloud.ObjectStore.Folder;
using RdmCloud.Servers;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Embedded;
using RdmCloud.VectorStore.Milvus;
using RdmCloud.VectorStore.Milvus.Client;

namespace RdmCloud.Benchmarks;

/// <summary>
/// 100,000 embeddings of 512 values in a real Milvus: import, recall against exact search, latency of 1 and of 16 queries.
/// </summary>
sealed class MilvusSearch : IBenchmark
{
    const int Rows = 100_000, Dimension = 512, Neighbors = 20, Subjects = 2000, Queries = 64, Rounds = 100;

    static readonly MilvusIndexKind[] kinds =
        [MilvusIndexKind.Flat, MilvusIndexKind.IvfSq8, MilvusIndexKind.Scann, MilvusIndexKind.Hnsw];

    public string Name => "milvus";

    public void Run() => RunAsync().GetAwaiter().GetResult();

    static async Task RunAsync()
    {
        await using var server = new MilvusServer();
        var address = await server.AddressAsync();
        using var folder = new TemporaryFolder();
        using var exact = EmbeddedIndex.Create(folder.File("exact"), Info);
        await exact.AppendAsync(Data().ToAsyncEnumerable());
        var queries = Enumerable.Range(0, Queries)
            .Select(i => (ReadOnlyMemory<float>)Embedding(new Random(-1 - i), i * 31 % Subjects)).ToArray();
        var expected = (await exact.SearchAsync(queries, Neighbors))
            .Select(list => list.Select(found => found.Row).ToHashSet()).ToArray();
        foreach (var kind in kinds)
        {
            using var collections = new MilvusCollections(new() { Address = address, Index = kind });
            await MeasureAsync(
                kind, collections, new FolderStore(folder.File($"{kind}"), TimeProvider.System), queries, expected);
        }
    }

    static async Task MeasureAsync(MilvusIndexKind kind, MilvusCollections collections, FolderStore objects,
        ReadOnlyMemory<float>[] queries, HashSet<long>[] expected)
    {
        var history = new RememberedHistory();
        using var index = await MilvusIndex.OpenAsync(
            collections, $"bench_{kind}".ToLowerInvariant(), Info, history, objects, TimeProvider.System, default);
        var watch = Stopwatch.StartNew();
        await index.AppendAsync(Data().ToAsyncEnumerable());
        var imported = watch.Elapsed;
        while (await CountIndexedAsync(collections, history.State.Collection!) < Rows)
            await Task.Delay(100);
        var indexed = watch.Elapsed;
        Report.Table($"{Rows:n0} × {Dimension} in Milvus, {kind}, top {Neighbors}", 1, conclude =>
        {
            Report.Head(
                "import s, with the move to its own collection", "until indexed s", "queries at once",
                "p50 ms", "p99 ms", "queries/s");
            foreach (var at in (int[])[1, 16])
            {
                var taken = Enumerable.Range(0, Rounds).Select(round => Search(index, queries, round, at)).Order().ToArray();
                Report.Row($"{imported.TotalSeconds:f1}", $"{indexed.TotalSeconds:f1}", at,
                    $"{taken[Rounds / 2]:f1}", $"{taken[Rounds * 99 / 100]:f1}",
                    $"{at * 1000 / taken[Rounds / 2]:f0}");
            }
            var found = index.SearchAsync(queries, Neighbors).GetAwaiter().GetResult();
            var recall = found.Zip(expected, (list, truth) =>
                list.Count(neighbor => truth.Contains(neighbor.Row)) / (double)Neighbors).Average();
            conclude(Report.Verdict(
                $"{kind}, recall@{Neighbors} against exact search", recall, 0.95, atMost: false, unit: ""));
        });
        await index.DeleteAsync(default);
    }

    static async Task<long> CountIndexedAsync(MilvusCollections collections, string collection)
    {
        var request = new DescribeIndexRequest { CollectionName = collection, FieldName = RowColumns.Embedding };
        var described = await collections.Connection.CallAsync(
            (service, call) => service.DescribeIndexAsync(request, call), answer => answer.Status, default);
        return described.IndexDescriptions.Sum(index => index.IndexedRows);
    }

    static double Search(MilvusIndex index, ReadOnlyMemory<float>[] queries, int round, int at)
    {
        var some = Enumerable.Range(0, at).Select(i => queries[(round * at + i) % queries.Length]).ToArray();
        var watch = Stopwatch.StartNew();
        index.SearchAsync(some, Neighbors).GetAwaiter().GetResult();
        return watch.Elapsed.TotalMilliseconds;
    }

    static DatabaseInfo Info => new()
    {
        Name = "benchmark", Dimension = Dimension, EmbeddingSpace = "random", Created = TimeProvider.System.GetUtcNow(),
    };

    /// <summary>Pictures of many subjects: what is alike lies together, as CLIP's embeddings do.</summary>
    static IEnumerable<DatabaseRow> Data()
    {
        var random = new Random(1);
        for (var row = 0; row < Rows; row++)
            yield return new(Embedding(random, row % Subjects), new($"{row}", Title: $"Picture {row}", License: "CC0-1.0"));
    }

    static float[] Embedding(Random random, int subject)
    {
        var center = new Random(subject);
        return [.. Enumerable.Range(0, Dimension).Select(_ => center.NextSingle() - 0.5f + 0.8f * (random.NextSingle() - 0.5f))];
    }
}
