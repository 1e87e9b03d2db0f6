using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Retrieval.Support;
using static RdmCloud.Retrieval.Support.Sources;

namespace RdmCloud.Retrieval.Neighbors;

public class RetrieveNeighborsConsumer_Tests
{
    [Fact]
    public async Task Neighbors_AreToldWithoutAndSentOnWithTheirEmbeddings()
    {
        await using var host = await RetrievalHost.StartAsync();
        var cats = await host.FillAsync(Acme, "cats", Visibility.Private, ("a.png", 0), ("b.png", 10), ("c.png", 20));
        var command = Command(Acme, cats);
        await host.SendAsync(StageQueues.RetrieveNeighbors, command);
        var told = await host.HearAsync<NeighborsRetrieved>();
        var sent = await host.HearAsync<SampleImages>();
        Assert.Equal(["a.png", "b.png"], told.Neighbors.Select(neighbor => neighbor.Image));
        Assert.All(told.Neighbors, neighbor => Assert.Null(neighbor.Embedding));
        Assert.Equal(["a.png", "b.png"], sent.Neighbors.Select(neighbor => neighbor.Image));
        Assert.All(sent.Neighbors, neighbor => Assert.Equal(8, neighbor.Embedding!.Length));
        Assert.Equal((command.Job, 3.5, true), (sent.Job, sent.Timings.Embedding, sent.Timings.Retrieval > 0));
    }

    [Fact]
    public async Task DatabaseOfAnotherTenant_EndsTheJobWithItsReason()
    {
        await using var host = await RetrievalHost.StartAsync();
        var cats = await host.FillAsync(Acme, "cats", Visibility.Private, ("a.png", 0));
        await host.SendAsync(StageQueues.RetrieveNeighbors, Command(Rival, cats));
        var failed = await host.HearAsync<StageFailed>();
        Assert.Equal(
            (Stage.Retrieval, false, $"There is no database '{cats.Id}'."), (failed.Stage, failed.Transient, failed.Reason));
    }

    static RetrieveNeighbors Command(string tenant, Database database) => new(
        new(tenant, $"gen_{Guid.NewGuid():N}", 1),
        new()
        {
            Query = new("a cat"),
            Model = "tiny",
            Databases = [new(database.Id, 1, database.Version)],
            K = 2,
            Pictures = 1,
            Seed = 1,
            GuidanceScale = 2,
            Steps = 4,
            Sampler = SamplerKind.Ddim,
            Width = 32,
            Height = 32,
            ExpiresAt = DateTimeOffset.MaxValue,
        },
        PackedEmbedding.Pack(ScriptedEmbedding.Direction(0)), null, new(Embedding: 3.5));
}
