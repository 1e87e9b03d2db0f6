using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Models;
using RdmCloud.Diffusion.Models;
using RdmCloud.Models;
using RdmCloud.Sampling.Painting;
using RdmCloud.Sampling.Support;

namespace RdmCloud.Sampling.Workers;

public sealed class Heartbeat_Tests(TinyModel model) : IClassFixture<TinyModel>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WarmWorker_DescribesItsModel()
    {
        await using var worker = await TestWorker.StartAsync(
            model.Directory.Path,
            new() { ["Sampling:MaxSide"] = "64", ["Sampling:MaxSteps"] = "2000", ["Sampling:Slots"] = "5" });
        var alive = await worker.Heard.FirstAsync<WorkerAlive>();
        Assert.Equal((5, false), (alive.Slots, alive.Leaving));
        Assert.Equal(new ModelDescription("tiny", model.Directory.Hash, "", TinyModel.ContextDim, 4, 64, 1000,
            new(SamplerKind.Ddim, 4, 2, 4, 16, 16, null)), alive.Model);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(worker));
    }

    [Fact]
    public async Task ColdWorker_IsNotReady_AndSaysNothing()
    {
        var cold = new TaskCompletionSource();
        await using var worker = await StartAsync(new HeldPainter(model.Directory) { Ready = cold.Task });
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(worker));
        Assert.Empty(worker.Heard.All<WorkerAlive>());
        cold.SetResult();
        await worker.Heard.FirstAsync<WorkerAlive>();
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(worker));
    }

    [Fact]
    public async Task Worker_IsHeardOfEveryFiveSeconds_AndWhenItLeaves()
    {
        var time = new FakeTimeProvider();
        await using var worker = await StartAsync(new HeldPainter(model.Directory), time);
        await worker.Heard.FirstAsync<WorkerAlive>();
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Single(worker.Heard.All<WorkerAlive>());
        time.Advance(TimeSpan.FromSeconds(1));
        var second = await worker.Heard.FirstAsync<WorkerAlive>(_ => worker.Heard.All<WorkerAlive>().Count == 2);
        Assert.False(second.Leaving);
        // A stopping host calls this before the bus stops, which might stop before anyone has heard.
        await worker.Services.GetServices<IHostedService>().OfType<Heartbeat>().Single().StoppingAsync(Cancellation);
        await worker.Heard.FirstAsync<WorkerAlive>(alive => alive.Leaving);
    }

    [Fact]
    public async Task WorkerThatCannotBeHeard_GoesOnAndSaysItAgain()
    {
        var time = new FakeTimeProvider();
        await using var worker = await StartAsync(new HeldPainter(model.Directory), time);
        await worker.Heard.FirstAsync<WorkerAlive>();
        var silence = new Silence();
        using (worker.Services.GetRequiredService<IBus>().ConnectPublishObserver(silence))
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await silence.Tried.Task.WaitAsync(Cancellation);
        }
        time.Advance(TimeSpan.FromSeconds(5));
        await worker.Heard.FirstAsync<WorkerAlive>(_ => worker.Heard.All<WorkerAlive>().Count == 2);
        Assert.False(Ended(worker).IsCancellationRequested);
    }

    [Fact]
    public async Task WorkerThatCanDrawNoMore_EndsItsProcess()
    {
        var (time, painter) = (new FakeTimeProvider(), new HeldPainter(model.Directory));
        await using var worker = await StartAsync(painter, time);
        await worker.Heard.FirstAsync<WorkerAlive>();
        painter.Fail(new InvalidOperationException("The device is lost."));
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(worker));
        time.Advance(TimeSpan.FromSeconds(5));
        await EndedAsync(worker);
    }

    [Fact]
    public async Task DamagedModel_EndsTheProcess()
    {
        using var damaged = new TinyModel();
        await File.WriteAllTextAsync(damaged.Directory.FileOf("network.safetensors"), "damaged", Cancellation);
        await using var worker = await TestWorker.StartAsync(damaged.Directory.Path);
        await EndedAsync(worker);
        Assert.Empty(worker.Heard.All<WorkerAlive>());
    }

    [Fact]
    public async Task MissingModel_IsNamedAtStart()
    {
        var exception = await Assert.ThrowsAsync<ModelException>(() => TestWorker.StartAsync("/no/such/model"));
        Assert.Contains("/no/such/model", exception.Message);
    }

    [Fact]
    public Task ImpossibleSettings_AreRefusedAtStart() => Assert.ThrowsAsync<OptionsValidationException>(() =>
        TestWorker.StartAsync(model.Directory.Path, new() { ["Sampling:DecodeBatch"] = "0" }));

    Task<TestWorker> StartAsync(HeldPainter painter, TimeProvider? time = null) =>
        TestWorker.StartAsync(model.Directory.Path, add: services =>
        {
            services.AddSingleton<IPainter>(painter);
            services.AddSingleton(time ?? TimeProvider.System);
        });

    static async Task<HealthStatus> HealthAsync(TestWorker worker) =>
        (await worker.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name == "sampling", Cancellation)).Status;

    static async Task EndedAsync(TestWorker worker)
    {
        var ended = new TaskCompletionSource();
        Ended(worker).Register(ended.SetResult);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
    }

    static CancellationToken Ended(TestWorker worker) =>
        worker.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    /// <summary>A bus that nothing can be published on.</summary>
    sealed class Silence : IPublishObserver
    {
        public TaskCompletionSource Tried { get; } = new();

        public Task PrePublish<T>(PublishContext<T> context) where T : class
        {
            Tried.TrySetResult();
            throw new IOException("The broker is away.");
        }

        public Task PostPublish<T>(PublishContext<T> context) where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception) where T : class => Task.CompletedTask;
    }
}
