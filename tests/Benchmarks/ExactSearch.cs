using RdmCloud.Benchmarks.Harness;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Embedded;

namespace RdmCloud.Benchmarks;

/// <summary>
/// Exact top-20 for one query of 512 values in float32, as a share of the rate at which memory can be read at all.
/// </summary>
sealed class ExactSearch : IBenchmark
{
    const int Dimension = 512, Neighbors = 20, Rounds = 31;

    public string Name => "search";

    public void Run()
    {
        using var folder = new TemporaryFolder();
        using var index = EmbeddedIndex.Create(folder.File("index"), new DatabaseInfo
        {
            Name = "benchmark",
            Dimension = Dimension,
            EmbeddingSpace = "random",
            ElementType = ElementType.Float32,
            Created = TimeProvider.System.GetUtcNow(),
        });
        Report.Table($"Exact top-{Neighbors}, {Dimension} values, all threads", Environment.ProcessorCount, conclude =>
        {
            Report.Head(
                "rows", "threads", "search, best ms", "median ms", "reading as much, best ms", "median ms", "search GB/s (best)");
            var query = Values(Dimension, 2);
            foreach (var rows in (int[])[10_000, 100_000, 1_000_000])
            {
                Fill(index, rows);
                foreach (var threads in (int[])[.. new[] { 1, Environment.ProcessorCount }.Distinct()])
                    Measure(folder, rows, threads, query, conclude);
            }
        });
    }

    static void Measure(TemporaryFolder folder, int rows, int threads, float[] query, Action<string> conclude)
    {
        using var index = EmbeddedIndex.Open(folder.File("index"), threads);
        var bytes = (double)rows * Dimension * sizeof(float);
        var timings = Interleaved.Measure(
        [
            new("search", () => index.SearchAsync([query], Neighbors).GetAwaiter().GetResult()),
            new("read", () => MachineProbe.ReadMemory(bytes, threads)),
        ], Rounds);
        var (search, read) = (timings[0], timings[1]);
        Report.Row($"{rows:n0}", threads, $"{search.Best:f2}", $"{search.Median:f2}",
            $"{read.Best:f2}", $"{read.Median:f2}", $"{bytes / search.Best / 1e6:f1}");
        if (rows >= 100_000) // fewer fit the cache
            conclude(Report.Verdict(
                $"{rows:n0} rows, {threads} thread(s), share of the read bandwidth beside it (medians)",
                read.Median / search.Median, 0.85, atMost: false, unit: ""));
    }

    /// <summary>Windows of one long random vector: all different, and made in no time.</summary>
    static void Fill(EmbeddedIndex index, int rows)
    {
        var pool = Values(1 << 20, 1);
        var added = Enumerable.Range((int)index.Count, rows - (int)index.Count).Select(row => new DatabaseRow(
            pool.AsMemory((int)(row * 7919L % (pool.Length - Dimension)), Dimension), new Provenance($"{row}"), default));
        index.AppendAsync(added.ToAsyncEnumerable()).GetAwaiter().GetResult();
    }

    static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
