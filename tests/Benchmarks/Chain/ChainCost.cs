using System.Diagnostics;
using RdmCloud.Benchmarks.Harness;
using RdmCloud.Servers;

namespace RdmCloud.Benchmarks.Chain;

/// <summary>What a job costs beside its sampling: HTTP, ledger, five queues, neighbors, pictures on disk.</summary>
sealed class ChainCost(string model) : IBenchmark
{
    const int WarmUp = 100, Rounds = 6, PerRound = 60, Clients = 16;
    static readonly TimeSpan sustained = TimeSpan.FromSeconds(10);
    static readonly byte[] load = new byte[8 << 10]; // about the context of four neighbors with their origins

    public string Name => "chain-cost";

    public void Run() => RunAsync().GetAwaiter().GetResult();

    async Task RunAsync()
    {
        await using var rabbit = new RabbitServer();
        if (!rabbit.IsInstalled || !Directory.Exists(model))
        {
            Console.WriteLine(
                $"\n{Name} is skipped: it needs the package rabbitmq-server, and a model; give its folder with --model.");
            return;
        }
        await rabbit.InitializeAsync();
        await using var near = await JobClient.StartAsync(model, broker: null);
        await using var far = await JobClient.StartAsync(model, await rabbit.CreateVirtualHostAsync(default));
        await using var bus = await BusHops.StartAsync(await rabbit.CreateVirtualHostAsync(default));
        await using var raw = await RawHops.StartAsync(await rabbit.CreateVirtualHostAsync(default));
        Report.Table("The chain's own cost, with a sampler that returns at once", 1, conclude =>
        {
            var latencies = MeasureAsync(
                ("whole job, in process", near.DrawAsync), ("whole job, over RabbitMQ", far.DrawAsync),
                ("five hops of our bus", () => bus.GoAsync(load)), ("five hops of RabbitMQ's client", () => raw.GoAsync(load)))
                .GetAwaiter().GetResult();
            Report.Head("one after the other", "p50 ms", "p99 ms");
            foreach (var latency in latencies)
                Report.Row(latency.Name, $"{latency.Median:f2}", $"{latency.NinetyNinth:f2}");
            Console.WriteLine();
            Report.Head($"{Clients} at once", "jobs/s");
            Report.Row("in process", $"{SustainAsync(near.DrawAsync).GetAwaiter().GetResult():f0}");
            Report.Row("over RabbitMQ", $"{SustainAsync(far.DrawAsync).GetAwaiter().GetResult():f0}");
            conclude(Report.Verdict("whole job over RabbitMQ, p50", latencies[1].Median, 30, unit: " ms"));
            conclude(Report.Verdict("a hop of our bus, p50", latencies[2].Median / 5, 5, unit: " ms"));
            conclude(Report.Verdict("a hop of our bus, p99", latencies[2].NinetyNinth / 5, 20, unit: " ms"));
            conclude(Report.Verdict("our bus ÷ RabbitMQ's client, p50", latencies[2].Median / latencies[3].Median, 1.5));
        });
    }

    static async Task<Latency[]> MeasureAsync(params (string Name, Func<Task> Go)[] ways)
    {
        var times = ways.Select(_ => new List<double>()).ToArray();
        foreach (var (_, go) in ways)
            for (var i = 0; i < WarmUp; i++)
                await go();
        for (var round = 0; round < Rounds; round++)
            foreach (var ((_, go), list) in ways.Zip(times))
                for (var i = 0; i < PerRound; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    await go();
                    list.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
        return [.. ways.Zip(times, (way, list) => Latency.Of(way.Name, list))];
    }

    static async Task<double> SustainAsync(Func<Task> go)
    {
        var (start, done) = (Stopwatch.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < sustained)
            {
                await go();
                Interlocked.Increment(ref done);
            }
        }));
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    sealed record Latency(string Name, double Median, double NinetyNinth)
    {
        public static Latency Of(string name, List<double> milliseconds)
        {
            milliseconds.Sort();
            return new(name, milliseconds[milliseconds.Count / 2], milliseconds[milliseconds.Count * 99 / 100]);
        }
    }
}
