using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Sampling;
using RdmCloud.Images;
using RdmCloud.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Engine;

public sealed class SamplingEngine_Tests(TinyModel model) : IClassFixture<TinyModel>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, InlineData(Parameterization.Eps), InlineData(Parameterization.V)]
    public async Task MixedJobsArrivingAtRandom_AreDrawnAsEachIsAlone(Parameterization parameterization)
    {
        var requests = TinyModel.Mix(seed: (int)parameterization, count: 12);
        var directory = model.Describe(parameterization);
        using var alone = new RdmModel(directory);
        var random = new Random(5);
        var arriving = new Queue<DrawingRequest>(requests);
        var jobs = new ConcurrentDictionary<DrawingRequest, Task<Drawing>>();
        var samplers = 0;
        SamplingEngine engine = null!;
        await using var made = engine = new(directory, new() { MaxSlots = 6, MaxRows = 8, DecodeBatch = 2 }, null, slots =>
        {
            samplers = Math.Max(samplers, slots.Select(slot => slot.Job.Request.Sampler).Distinct().Count());
            if (random.Next(2) == 0)
                Arrive();
        });
        foreach (var request in requests)
        {
            Task<Drawing>? job;
            while (!jobs.TryGetValue(request, out job))
                Arrive();
            var pictures = (await job).Pictures;
            TinyModel.AssertSame(alone.Draw(request), pictures);
            Assert.True(pictures.SelectMany(picture => picture.Pixels).Distinct().Count() > 30, "the pictures show nothing");
        }
        Assert.Equal(3, samplers);

        void Arrive()
        {
            lock (arriving)
                if (arriving.TryDequeue(out var request))
                    jobs[request] = engine.DrawAsync(request, cancellationToken: Cancellation);
        }
    }

    [Fact]
    public async Task Newcomer_MakesItsFirstStepInTheNextCall()
    {
        var calls = new List<ulong[]>();
        Task? newcomer = null;
        SamplingEngine engine = null!;
        await using var made = engine = Engine(slots =>
        {
            calls.Add(Seeds(slots));
            if (calls.Count == 3)
                newcomer = engine.DrawAsync(TinyModel.Request(steps: 2, seed: 2), cancellationToken: Cancellation);
        });
        await engine.DrawAsync(TinyModel.Request(steps: 8, seed: 1), cancellationToken: Cancellation);
        await newcomer!;
        ulong[] one = [1], both = [1, 2];
        Assert.Equal([one, one, one, both, both, one, one, one], calls);
    }

    [Fact]
    public async Task DeviceTime_IsSharedByRows()
    {
        var time = new FakeTimeProvider();
        var calls = 0;
        Task<Drawing>? newcomer = null;
        SamplingEngine engine = null!;
        await using var made = engine = Engine(_ =>
        {
            if (++calls == 3)
                newcomer = engine.DrawAsync(
                    TinyModel.Request(steps: 2) with { GuidanceScale = 1 }, cancellationToken: Cancellation);
            time.Advance(TimeSpan.FromSeconds(3));
        }, time: time);
        var first = await engine.DrawAsync(TinyModel.Request(steps: 8), cancellationToken: Cancellation);
        var second = await newcomer!;
        Assert.Equal(6 * 3 + 2 * 2, first.DeviceTime.TotalSeconds);
        Assert.Equal(2, second.DeviceTime.TotalSeconds); // a row of three in two calls
        Assert.Equal([0, 3], [first.Waited.TotalSeconds, second.Waited.TotalSeconds]);
    }

    [Fact]
    public async Task CanceledJob_LeavesBeforeTheNextCall()
    {
        using var canceling = new CancellationTokenSource();
        var calls = new List<ulong[]>();
        await using var engine = Engine(slots =>
        {
            calls.Add(Seeds(slots));
            if (calls.Count == 3)
                canceling.Cancel();
        });
        await engine.Ready;
        var stays = engine.DrawAsync(TinyModel.Request(steps: 9, seed: 1), cancellationToken: Cancellation);
        var leaves = engine.DrawAsync(
            TinyModel.Request(steps: 9, seed: 2) with { Pictures = 3 }, cancellationToken: canceling.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        await stays;
        Assert.Contains(2UL, calls[2]);
        Assert.All(calls.Skip(3), seeds => Assert.Equal([1UL], seeds));
    }

    [Theory]
    [InlineData(1e38, false)] // its picture comes out as NaN
    [InlineData(2, true)] // its network call fails
    public async Task PoisonJob_FailsAlone(double guidance, bool throws)
    {
        await using var engine = Engine(slots =>
        {
            if (throws && Seeds(slots).Contains(66UL))
                throw new InvalidOperationException("poison");
        });
        var poison = engine.DrawAsync(
            TinyModel.Request(seed: 66) with { GuidanceScale = guidance }, cancellationToken: Cancellation);
        var others = Enumerable.Range(0, 4).Select(i => TinyModel.Request(seed: (ulong)i)).ToDictionary(
            request => request, request => engine.DrawAsync(request, cancellationToken: Cancellation));
        await Assert.ThrowsAnyAsync<Exception>(() => poison);
        Assert.IsType(throws ? typeof(InvalidOperationException) : typeof(ModelException), poison.Exception!.InnerException);
        foreach (var (request, pictures) in others)
            TinyModel.AssertSame(model.Alone.Draw(request), (await pictures).Pictures);
    }

    [Fact]
    public async Task CallersFaultyProgress_FailsItsJobAlone()
    {
        await using var engine = Engine();
        var throwing = new Recorder(_ => throw new InvalidOperationException("caller"));
        var faulty = engine.DrawAsync(TinyModel.Request(), throwing, cancellationToken: Cancellation);
        var other = engine.DrawAsync(TinyModel.Request(seed: 3), cancellationToken: Cancellation);
        Assert.Equal("caller", (await Assert.ThrowsAsync<InvalidOperationException>(() => faulty)).Message);
        Assert.Single((await other).Pictures);
    }

    [Fact]
    public async Task RequestThatDoesNotFit_IsRefusedAtOnce()
    {
        await using var engine = Engine();
        var fitting = TinyModel.Request();
        DrawingRequest[] requests =
        [
            fitting with { Width = 18 }, fitting with { Steps = 0 }, fitting with { Steps = 1001 },
            fitting with { Pictures = 0 }, fitting with { Eta = 2 },
            fitting with { GuidanceScale = double.NaN }, fitting with { Context = [] }, fitting with { Context = [new float[7]] },
            fitting with { Negative = Enumerable.Repeat(float.NaN, TinyModel.ContextDim).ToArray() },
        ];
        foreach (var request in requests)
            await Assert.ThrowsAsync<ModelException>(() => engine.DrawAsync(request, cancellationToken: Cancellation));
        Assert.Equal(0, engine.QueuedJobs);
    }

    [Fact]
    public async Task CallThatDoesNotFitInMemory_IsHalved()
    {
        var calls = new ConcurrentQueue<int>();
        await using var engine = Engine(slots =>
        {
            calls.Enqueue(slots.Count);
            if (slots.Count > 2)
                using (empty(1L << 50)) { } // torch's own failure to allocate
        });
        var request = TinyModel.Request() with { Pictures = 6 };
        TinyModel.AssertSame(
            model.Alone.Draw(request), (await engine.DrawAsync(request, cancellationToken: Cancellation)).Pictures);
        Assert.Equal([6, 3, 1, 2], calls.Take(4));
        Assert.All(calls.Skip(6), count => Assert.InRange(count, 1, 2));
    }

    [Fact]
    public async Task PictureThatNeverFitsInMemory_FailsWithTheReason()
    {
        await using var engine = Engine(_ => { using (empty(1L << 50)) { } });
        var exception = await Assert.ThrowsAsync<ModelException>(() =>
            engine.DrawAsync(TinyModel.Request(), cancellationToken: Cancellation));
        Assert.Contains("memory", exception.Message);
    }

    [Fact]
    public async Task Stopping_FinishesWhatRuns_AndHandsBackWhatWaits()
    {
        var begun = new TaskCompletionSource();
        using var mayGoOn = new ManualResetEventSlim();
        await using var engine = Engine(_ =>
        {
            begun.TrySetResult();
            mayGoOn.Wait();
        }, new() { MaxSlots = 1 });
        var running = engine.DrawAsync(TinyModel.Request(), cancellationToken: Cancellation);
        await begun.Task;
        var waiting = engine.DrawAsync(TinyModel.Request(), cancellationToken: Cancellation);
        var stopping = engine.StopAsync(TimeSpan.FromHours(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            engine.DrawAsync(TinyModel.Request(), cancellationToken: Cancellation));
        mayGoOn.Set();
        Assert.Single((await running).Pictures);
        await stopping;
    }

    [Fact]
    public async Task WhatRunsBeyondTheGracePeriod_IsHandedBack()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = Engine(_ => begun.TrySetResult());
        var running = engine.DrawAsync(TinyModel.Request(steps: 1000) with { Pictures = 16 }, cancellationToken: Cancellation);
        await begun.Task;
        await engine.StopAsync(TimeSpan.Zero);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task DifferentShapes_TakeTurns()
    {
        var shapes = new List<(long, long)>();
        await using var engine = Engine(slots => shapes.Add(Assert.Single(slots.Select(slot => slot.Shape).Distinct())));
        await engine.Ready;
        var requests = new[] { 16, 24, 32 }
            .Select(width => TinyModel.Request(steps: 20) with { Width = width, Pictures = 2 });
        await Task.WhenAll(requests.Select(request => engine.DrawAsync(request, cancellationToken: Cancellation)));
        Assert.Equal(60, shapes.Count);
        // Once all three are in, each comes every third time.
        var begin = shapes.FindIndex(shape => shape == shapes[^1]);
        for (var i = begin; i + 2 < shapes.Count - 10; i++)
            Assert.Equal(3, shapes.Slice(i, 3).Distinct().Count());
    }

    [Fact]
    public async Task MoreSlotsThanRows_TakeTurns()
    {
        var calls = new List<int[]>();
        await using var engine = Engine(slots => calls.Add([.. slots.Select(slot => slot.Picture)]), new() { MaxRows = 4 });
        var request = TinyModel.Request(steps: 3) with { Pictures = 3 };
        TinyModel.AssertSame(
            model.Alone.Draw(request), (await engine.DrawAsync(request, cancellationToken: Cancellation)).Pictures);
        int[][] expected = [[0, 1], [0, 2], [0, 1], [1, 2], [2]];
        Assert.Equal(expected, calls);
    }

    [Fact]
    public async Task FullQueue_LetsCallersWait()
    {
        var begun = new TaskCompletionSource();
        using var mayGoOn = new ManualResetEventSlim();
        await using var engine = Engine(_ =>
        {
            begun.TrySetResult();
            mayGoOn.Wait();
        }, new() { MaxSlots = 1, QueueLength = 2 });
        var running = engine.DrawAsync(TinyModel.Request(), cancellationToken: Cancellation);
        await begun.Task;
        using var giveUp = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 5)
            .Select(_ => engine.DrawAsync(TinyModel.Request(), cancellationToken: giveUp.Token)).ToArray();
        Assert.Equal(2, engine.QueuedJobs);
        await giveUp.CancelAsync();
        foreach (var caller in callers)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller);
        mayGoOn.Set();
        Assert.Single((await running).Pictures);
        Assert.Single((await engine.DrawAsync(TinyModel.Request(), cancellationToken: Cancellation)).Pictures);
    }

    [Theory, InlineData(Sampler.Ddim), InlineData(Sampler.Plms)]
    public async Task Progress_TellsEveryStepOnce(Sampler sampler)
    {
        var told = new List<DrawingProgress>();
        await using var engine = Engine(time: new StoppedTime());
        var request = TinyModel.Request(steps: 5) with { Sampler = sampler, Pictures = 2 };
        await engine.DrawAsync(request, new Recorder(told.Add), previews: true, Cancellation);
        // And no preview: no time has passed.
        Assert.Equal(Enumerable.Range(1, 5).Select(step => new DrawingProgress(step, 5)), told);
    }

    [Fact]
    public async Task Previews_ShowWhatIsForeseenAfterEveryStepButTheLast()
    {
        var request = TinyModel.Request(steps: 4) with { Pictures = 2 };
        var expected = new List<IReadOnlyList<RgbImage>>();
        model.Alone.Draw(request, step => expected.Add(model.Alone.Decode(step.PredictedOriginal)));
        var previews = new List<DrawingPreview>();
        await using var engine = Engine(options: new() { PreviewInterval = TimeSpan.Zero });
        var recorder = new Recorder(progress => previews.AddRange(progress.Preview is { } preview ? [preview] : []));
        await engine.DrawAsync(request, recorder, previews: true, Cancellation);
        Assert.Equal([0, 1, 0, 1, 0, 1], previews.Select(preview => preview.Picture));
        TinyModel.AssertSame(
            [.. expected.Take(3).SelectMany(pictures => pictures)], [.. previews.Select(preview => preview.Image)]);
    }

    [Fact]
    public async Task HundredJobs_LeaveNoTensorBehind()
    {
        var live = new List<long>();
        await using var engine = Engine(slots =>
        {
            if (slots[0].Calls == 1)
                live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        });
        for (var i = 0; i < 100; i++)
        {
            using var canceling = new CancellationTokenSource();
            var given = new Recorder(_ =>
            {
                if (i % 10 == 5)
                    canceling.Cancel();
            });
            try
            {
                var request = TinyModel.Request(steps: 2) with { Sampler = (Sampler)(i % 3), Eta = i % 3 == 0 ? 1 : 0 };
                await engine.DrawAsync(request, given, previews: true, canceling.Token);
            }
            catch (OperationCanceledException) when (i % 10 == 5) { }
        }
        for (var sampler = 0; sampler < 3; sampler++)
            Assert.Single(live.Where((_, i) => i % 3 == sampler && i % 10 != 6).Distinct());
    }

    [Fact]
    public async Task DamagedModel_ShowsBeforeWorkComes()
    {
        using var other = new TinyModel();
        File.WriteAllText(other.Directory.FileOf("network.safetensors"), "damaged");
        await using var engine = new SamplingEngine(other.Directory);
        await Assert.ThrowsAnyAsync<Exception>(() => engine.Ready);
        await Assert.ThrowsAnyAsync<Exception>(() => engine.Completion);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            engine.DrawAsync(TinyModel.Request(), cancellationToken: Cancellation));
        Assert.Contains("network.safetensors", exception.Message);
    }

    [Theory, InlineData(0, 4, 1, 1), InlineData(1, 1, 1, 1), InlineData(1, 2, 0, 1), InlineData(1, 2, 1, 0)]
    public void ImpossibleOptions_AreRefused(int slots, int rows, int queue, int decode) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new EngineOptions { MaxSlots = slots, MaxRows = rows, QueueLength = queue, DecodeBatch = decode });

    [Fact]
    public async Task Throughput_IsPrinted()
    {
        var requests = TinyModel.Mix(seed: 9, count: 16);
        await TimeAsync(1);
        var alone = await TimeAsync(1);
        var together = await TimeAsync(16);
        TestContext.Current.SendDiagnosticMessage(
            "{0} mixed jobs, processor time: {1:f0} ms one at a time, {2:f0} ms together: {3:f2} times as fast",
            requests.Length, alone.TotalMilliseconds, together.TotalMilliseconds, alone / together);

        async Task<TimeSpan> TimeAsync(int slots)
        {
            await using var engine = Engine(options: new() { MaxSlots = slots, MaxRows = 2 * slots });
            await engine.Ready;
            var begin = Environment.CpuUsage.TotalTime; // other processes do not count
            await Task.WhenAll(requests.Select(request => engine.DrawAsync(request, cancellationToken: Cancellation)));
            return Environment.CpuUsage.TotalTime - begin;
        }
    }

    SamplingEngine Engine(
        Action<IReadOnlyList<Slot>>? beforeCall = null, EngineOptions? options = null, TimeProvider? time = null) =>
        new(model.Directory, options, time, beforeCall);

    static ulong[] Seeds(IReadOnlyList<Slot> slots) => [.. slots.Select(slot => slot.Job.Request.Seed).Distinct()];

    sealed class Recorder(Action<DrawingProgress> report) : IProgress<DrawingProgress>
    {
        public void Report(DrawingProgress value) => report(value);
    }

    sealed class StoppedTime : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
