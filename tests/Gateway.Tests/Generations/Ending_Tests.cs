using System.Net.Http.Json;
using MassTransit;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Support;

namespace RdmCloud.Gateway.Generations;

/// <summary>Jobs that end otherwise than with a picture, and jobs that start over.</summary>
public sealed class Ending_Tests : IAsyncLifetime
{
    GatewayHost host = null!;

    public async ValueTask InitializeAsync() => host = await GatewayHost.StartAsync(1, ("Ledger:RetryDelay", "00:00:00"));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    public static TheoryData<string> Stages => ["embedding", "retrieval", "sampling", "storage"];

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task Cancel_EndsAJobAtAnyStage_AndTellsTheWorkers(string stage)
    {
        host.Chain.Act = context => UpToAsync(context, stage);
        var id = await host.SubmitAsync("tenant-a");
        await host.WaitAsync("tenant-a", id, job => job.Stage?.ToString().ToLowerInvariant() == stage);
        await CancelAsync(id);
        Assert.Equal(JobStatus.Canceled, (await host.WaitAsync("tenant-a", id)).Status);
        await GatewayHost.Until(() => Task.FromResult(ToldEvents.Cancelled.ContainsKey(id)));
    }

    [Fact]
    public async Task Cancel_EndsAJobThatWaits()
    {
        host.Chain.Act = _ => Task.CompletedTask;
        await host.SubmitAsync("tenant-a");
        await host.SubmitAsync("tenant-a");
        var waiting = await host.SubmitAsync("tenant-a");
        await CancelAsync(waiting);
        Assert.Equal(JobStatus.Canceled, (await host.WaitAsync("tenant-a", waiting)).Status);
    }

    [Fact]
    public async Task CancelOfACompletedJob_ChangesNothing()
    {
        var id = await host.SubmitAsync("tenant-a");
        await host.WaitAsync("tenant-a", id);
        await CancelAsync(id);
        Assert.Equal(JobStatus.Completed, (await host.WaitAsync("tenant-a", id)).Status);
    }

    [Theory]
    [InlineData("deadline_seconds")]
    [InlineData("start_deadline_seconds")]
    public async Task Deadline_ExpiresTheJob(string field)
    {
        host.Chain.Act = _ => Task.CompletedTask;
        var id = await host.SubmitAsync("tenant-a", new Dictionary<string, object> { ["prompt"] = "a heart", [field] = 0.05 });
        Assert.Equal(JobStatus.Expired, (await host.WaitAsync("tenant-a", id)).Status);
    }

    [Fact]
    public async Task FailureThatPasses_IsTriedAgain()
    {
        var attempts = new List<int>();
        host.Chain.Act = async context =>
        {
            attempts.Add(context.Message.Job.Attempt);
            if (attempts.Count < 3)
                await context.Publish(new StageFailed(context.Message.Job, Stage.Embedding, "hm", Transient: true));
            else
                await ChainScript.CompleteAsync(context);
        };
        var id = await host.SubmitAsync("tenant-a");
        Assert.Equal(JobStatus.Completed, (await host.WaitAsync("tenant-a", id)).Status);
        Assert.Equal([1, 2, 3], attempts);
    }

    [Fact]
    public async Task PoisonJob_FailsAloneWithItsReason()
    {
        host.Chain.Act = context => context.Message.Generation.Query.Text == "poison"
            ? context.Publish(new StageFailed(context.Message.Job, Stage.Sampling, "The picture is poison.", Transient: false))
            : ChainScript.CompleteAsync(context);
        var poison = await host.SubmitAsync("tenant-a", new { prompt = "poison" });
        var good = await host.SubmitAsync("tenant-a");
        Assert.Equal((JobStatus.Failed, "The picture is poison."),
            await host.WaitAsync("tenant-a", poison) is var job ? (job.Status, job.Error) : default);
        Assert.Equal(JobStatus.Completed, (await host.WaitAsync("tenant-a", good)).Status);
    }

    [Fact]
    public async Task JobThatNothingIsHeardOf_IsSentAgain()
    {
        await using var impatient = await GatewayHost.StartAsync(4, ("Ledger:StageTimeout", "00:00:01"));
        var times = 0;
        impatient.Chain.Act = context => ++times == 1 ? Task.CompletedTask : ChainScript.CompleteAsync(context);
        var id = await impatient.SubmitAsync("tenant-a");
        var job = await impatient.WaitAsync("tenant-a", id);
        Assert.Equal((JobStatus.Completed, 1), (job.Status, job.Resends));
    }

    [Fact]
    public async Task JobThatNothingIsEverHeardOf_FailsInTheEnd()
    {
        await using var impatient = await GatewayHost.StartAsync(
            4, ("Ledger:StageTimeout", "00:00:01"), ("Ledger:MaxResends", "1"));
        impatient.Chain.Act = _ => Task.CompletedTask;
        var id = await impatient.SubmitAsync("tenant-a");
        Assert.Equal(JobStatus.Failed, (await impatient.WaitAsync("tenant-a", id)).Status);
    }

    [Fact]
    public async Task Replay_DrawsTheSameAgain()
    {
        using var client = host.ClientOf("tenant-a");
        var id = await host.SubmitAsync(
            "tenant-a", new { prompt = "a heart", databases = new[] { new { id = "db_own", version = 3 } } });
        var original = await host.WaitAsync("tenant-a", id);
        using var response = await client.PostAsync($"/v1/generations/{id}/replay", null, TestContext.Current.CancellationToken);
        var replay = await response.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>(
            TestContext.Current.CancellationToken);
        var again = await host.WaitAsync("tenant-a", (string)replay!["id"]!);
        Assert.Equal((original.Id, JobStatus.Completed), (again.ReplayOf, again.Status));
        var (first, second) = (Read(original), Read(again));
        Assert.Equal((first.Seed, first.Query, 3L), (second.Seed, second.Query, second.Databases.Single().Version));

        static Contracts.Generations.Generation Read(Job job) =>
            LedgerJson.Read<Contracts.Generations.Generation>(job.Generation);
    }

    static async Task UpToAsync(ConsumeContext<EmbedPrompt> context, string stage)
    {
        var job = context.Message.Job;
        if (stage is not "embedding")
            await context.Publish(new PromptEmbedded(job, false));
        if (stage is "sampling" or "storage")
            await context.Publish(new NeighborsRetrieved(job, []));
        if (stage is "storage")
            await context.Publish(new ImagesSampled(job, 1));
    }

    async Task CancelAsync(string id)
    {
        using var client = host.ClientOf("tenant-a");
        using var response = await client.PostAsync($"/v1/generations/{id}/cancel", null, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
