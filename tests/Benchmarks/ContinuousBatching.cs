using System.Collections.Concurrent;
using System.Diagnostics;
using RdmCloud.Benchmarks.Harness;
using RdmCloud.Diffusion.Engine;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Sampling;
using RdmCloud.Images;
using RdmCloud.VectorStore;
using RdmCloud.VectorStore.Embedded;

namespace RdmCloud.Benchmarks;

/// <summary>
/// A mix of requests with different neighbors, steps, samplers and styles: what joining the running batch at every step gains.
/// </summary>
sealed class ContinuousBatching(string model) : IBenchmark
{
    const int Requests = 240, Slots = 16, BatchOfJobs = 8;
    const double Load = 0.9;

    public string Name => "continuous-batching";

    public void Run()
    {
        if (!Directory.Exists(model))
        {
            Console.WriteLine($"\n{Name} is skipped: it needs a model with its databases; give its folder with --model.");
            return;
        }
        RunAsync(ModelDirectory.Open(model)).GetAwaiter().GetResult();
    }

    async Task RunAsync(ModelDirectory directory)
    {
        var requests = await RequestsAsync();
        TorchSharp.torch.set_num_threads(1);
        Report.Table($"{Requests} requests of 10 to 50 steps, one thread, {Slots} slots", 1, conclude =>
            CompareAsync(directory, requests, conclude).GetAwaiter().GetResult());
    }

    static async Task CompareAsync(ModelDirectory directory, DrawingRequest[] requests, Action<string> conclude)
    {
        var steps = requests.Sum(request => request.Steps);
        await using var engine = new SamplingEngine(directory, new() { MaxSlots = Slots, QueueLength = Requests });
        await using var single = new SamplingEngine(directory, new() { MaxSlots = 1, QueueLength = Requests });
        await Task.WhenAll(engine.Ready, single.Ready);

        var alone = await Session.AtOnceAsync(single, requests);
        var offline = await Session.AtOnceAsync(engine, requests);
        var batches = await Session.InBatchesAsync(engine, requests, BatchOfJobs);
        var online = await Session.ArrivingAsync(engine, requests, Load * Requests / offline.Elapsed.TotalSeconds);
        Report.Head("", "picture-steps/s while at work", "seconds in all");
        var sessions = new[]
        {
            ("one at a time", alone),
            ($"jobs in batches of {BatchOfJobs}", batches),
            ("all there from the start", offline),
            ($"arriving at {Load:p0} of that", online),
        };
        foreach (var (name, run) in sessions)
            Report.Row(name, $"{steps / run.DeviceSeconds:f1}", $"{run.Elapsed.TotalSeconds:f1}");
        var difference = alone.Pictures.Zip(online.Pictures)
            .Max(pair => pair.First.Pixels.Zip(pair.Second.Pixels, (a, b) => Math.Abs(a - b)).Max());
        conclude(Report.Verdict(
            "arriving ÷ one at a time, throughput while at work",
            alone.DeviceSeconds / online.DeviceSeconds, 1.25, atMost: false));
        conclude(Report.Verdict(
            "arriving ÷ all there from the start, the same",
            offline.DeviceSeconds / online.DeviceSeconds, 0.93, atMost: false));
        conclude($"all there from the start ÷ jobs in batches, seconds in all: {batches.Elapsed / offline.Elapsed:f2}×");
        conclude(Report.Verdict(
            "a newcomer's wait for a free slot, in steps of what runs, worst", online.Waits[^1], 1.1, unit: " steps"));
        conclude(
            $"the same, median and 95 of 100: {online.Waits[online.Waits.Length / 2]:f2} and "
            + $"{online.Waits[online.Waits.Length * 95 / 100]:f2} steps");
        conclude(Report.Verdict("greatest difference from the same request drawn alone", difference, 2, unit: " of 255"));
    }

    async Task<DrawingRequest[]> RequestsAsync()
    {
        var random = new Random(1);
        var indexes = Directory.GetDirectories(Path.Combine(model, "databases")).Order()
            .Select(path => EmbeddedIndex.Open(path)).ToArray();
        var requests = new DrawingRequest[Requests];
        for (var i = 0; i < Requests; i++)
        {
            var index = indexes[random.Next(indexes.Length)];
            var row = await index.GetAsync(random.Next((int)index.Count));
            var neighbors = await index.SearchAsync([row.Embedding], random.Next(0, 9));
            requests[i] = new()
            {
                Context = [row.Embedding, .. neighbors[0].Select(neighbor => neighbor.Embedding)],
                Seed = (ulong)i,
                Sampler = (Sampler)random.Next(3),
                Steps = new[] { 10, 15, 20, 30, 50 }[random.Next(5)],
                GuidanceScale = random.Next(4) == 0 ? 1 : 3,
                Width = 64,
                Height = 64,
            };
        }
        foreach (var index in indexes)
            index.Dispose();
        return requests;
    }

    /// <param name="DeviceSeconds">In which the engine worked on pictures.</param>
    /// <param name="Waits">Of requests that came while a slot was free, in lengths of the step that ran then, in order.</param>
    sealed record Session(RgbImage[] Pictures, TimeSpan Elapsed, double DeviceSeconds, double[] Waits)
    {
        public static Task<Session> AtOnceAsync(SamplingEngine engine, DrawingRequest[] requests) =>
            MeasureAsync(engine, requests, (_, _) => Task.CompletedTask);

        public static Task<Session> InBatchesAsync(SamplingEngine engine, DrawingRequest[] requests, int size) =>
            MeasureAsync(engine, requests, async (i, drawn) =>
            {
                if (i % size == 0)
                    await Task.WhenAll(drawn);
            });

        /// <summary>As a Poisson process.</summary>
        public static Task<Session> ArrivingAsync(SamplingEngine engine, DrawingRequest[] requests, double perSecond)
        {
            var random = new Random(2);
            return MeasureAsync(engine, requests,
                (_, _) => Task.Delay(TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / perSecond)));
        }

        static async Task<Session> MeasureAsync(
            SamplingEngine engine, DrawingRequest[] requests, Func<int, IReadOnlyList<Task>, Task> before)
        {
            var start = Stopwatch.GetTimestamp();
            var ticks = new Ticks();
            var drawn = new List<Task<Drawing>>();
            var arrivals = new List<(long Time, bool IsFree)>();
            for (var i = 0; i < requests.Length; i++)
            {
                await before(i, drawn);
                arrivals.Add((Stopwatch.GetTimestamp(), drawn.Count(task => !task.IsCompleted) < Slots));
                drawn.Add(engine.DrawAsync(requests[i], ticks));
            }
            var drawings = await Task.WhenAll(drawn);
            var waits = arrivals.Zip(drawings).Where(pair => pair.First.IsFree)
                .Select(pair => pair.Second.Waited.TotalSeconds / ticks.LengthAt(pair.First.Time));
            return new([.. drawings.Select(drawing => drawing.Pictures[0])], Stopwatch.GetElapsedTime(start),
                drawings.Sum(drawing => drawing.DeviceTime.TotalSeconds), [.. waits.Order()]);
        }
    }

    /// <summary>When the engine's steps ended, which it tells on its own thread.</summary>
    sealed class Ticks : IProgress<DrawingProgress>
    {
        readonly ConcurrentQueue<long> ends = [];

        public void Report(DrawingProgress value) => ends.Enqueue(Stopwatch.GetTimestamp());

        /// <summary>Of the step that was under way then, in seconds; infinite where the engine was idle.</summary>
        public double LengthAt(long time)
        {
            long[] sorted = [.. ends];
            var next = Array.FindIndex(sorted, end => end >= time);
            return next > 0 ? Stopwatch.GetElapsedTime(sorted[next - 1], sorted[next]).TotalSeconds : double.PositiveInfinity;
        }
    }
}
