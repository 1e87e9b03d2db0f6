using System.Diagnostics;
using RdmCloud.Benchmarks.Harness;
using RdmCloud.Diffusion.Models;
using RdmCloud.VectorStore.Embedded;
using TorchSharp;

namespace RdmCloud.Benchmarks;

/// <summary>
/// What another style costs a model that is loaded: its database is opened, and the neighbors of a prompt are found in it.
/// </summary>
sealed class DatabaseExchange(string modelFolder) : IBenchmark
{
    const int Rounds = 20;

    public string Name => "database-exchange";

    public void Run()
    {
        if (!Directory.Exists(modelFolder))
        {
            Console.WriteLine($"\n{Name} is skipped: there is no model in {modelFolder}; give its folder with --model.");
            return;
        }
        using var model = new RdmModel(ModelDirectory.Open(modelFolder));
        var query = model.EmbedTexts(["a red heart"])[0].Embedding;
        Report.Table($"Exchange of the database, {model.Directory.Databases.Count} databases in turn", 1, conclude =>
        {
            var tensors = torch.Tensor.TotalCount;
            var taken = Enumerable.Range(0, Rounds)
                .SelectMany(_ => model.Directory.Databases.Select(name => Exchange(model, name, query))).Order().ToArray();
            Report.Head("exchanges", "p50 ms", "p99 ms", "most ms");
            Report.Row(taken.Length, $"{taken[taken.Length / 2]:f1}", $"{taken[taken.Length * 99 / 100]:f1}", $"{taken[^1]:f1}");
            conclude(Report.Verdict("the slowest", taken[^1], 50, unit: " ms"));
            conclude($"tensors made meanwhile: {torch.Tensor.TotalCount - tensors}, goal 0: no weight is loaded");
        });
    }

    static double Exchange(RdmModel model, string name, float[] query)
    {
        var watch = Stopwatch.StartNew();
        using var database = EmbeddedIndex.Open(model.Directory.DatabasePath(name));
        database.SearchAsync([query], model.Directory.Manifest.Defaults.K).GetAwaiter().GetResult();
        return watch.Elapsed.TotalMilliseconds;
    }
}
