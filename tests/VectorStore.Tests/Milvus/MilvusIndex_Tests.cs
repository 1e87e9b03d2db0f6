using Microsoft.Extensions.Time.Testing;
using RdmCloud.ObjectStore.Folder;
using RdmCloud.Servers;
using RdmCloud.VectorStore.Milvus;
using RdmCloud.VectorStore.Milvus.Client;
using RdmCloud.VectorStore.Support;

[assembly: AssemblyFixture(typeof(MilvusServer))]

namespace RdmCloud.VectorStore.Milvus;

[Trait("Category", "Infrastructure")]
public sealed class MilvusIndex_Tests(MilvusServer milvus)
{
    static readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task ChangeThatIsCutShort_LeavesNothing()
    {
        await using var home = new MilvusHome(milvus.AddressAsync);
        using var index = await home.CreateAsync(Sample.Info(2), clock);
        await index.AppendAsync(Sample.Row("a", 1, 0), Sample.Row("b", 0, 1));
        home.History.LosesTurns = true;
        await Assert.ThrowsAsync<DatabaseException>(() => index.AppendAsync(Sample.Row("c", 1, 1), Sample.Row("d", 1, 2)));
        await Assert.ThrowsAsync<DatabaseException>(() => index.RemoveAsync("a"));
        await Assert.ThrowsAsync<DatabaseException>(() => index.UpsertAsync(Sample.Row("b", 2, 2)));
        home.History.LosesTurns = false;
        Assert.Equal(["a", "b"], await index.ImagesAsync());

        Assert.Equal(2, await index.AppendAsync(Sample.Row("e", 1, 3)));
        Assert.Equal(["a", "b"], await index.ImagesAsync(1));
        Assert.Equal(["a", "b", "e"], await index.ImagesAsync());
        Assert.Equal(3, home.CountThumbnails());
        Assert.Equal(new(3, 1), await index.RemoveAsync("a"));
        Assert.Equal(["a", "b", "e"], await index.ImagesAsync(2));
        Assert.Equal(["b", "e"], await index.ImagesAsync());
    }

    [Fact]
    public async Task WriterThatWasAwayForLong_AsksBeforeItWrites()
    {
        var time = new FakeTimeProvider();
        await using var home = new MilvusHome(milvus.AddressAsync);
        using var index = await home.CreateAsync(Sample.Info(2), time);
        await Assert.ThrowsAsync<DatabaseException>(() => index.AppendAsync(Slow(), cancellationToken: Sample.Cancellation));
        Assert.Equal(0, await home.CountSharedAsync());

        async IAsyncEnumerable<DatabaseRow> Slow()
        {
            yield return Sample.Row("a", 1, 0);
            time.Advance(IDatabaseHistory.Lease);
            home.History.LosesTurns = true;
            await Task.CompletedTask;
        }
    }

    [Fact]
    public async Task PurgedImage_TakesItsThumbnailAlong()
    {
        await using var home = new MilvusHome(milvus.AddressAsync);
        using var index = await home.CreateAsync(Sample.Info(2), clock);
        await index.AppendAsync(Sample.Row("a", 1, 0), Sample.Row("b", 0, 1));
        await index.PurgeAsync("a");
        Assert.Equal(1, home.CountThumbnails());
    }

    [Fact]
    public async Task DatabasesOfOneCollection_KnowNothingOfEachOther()
    {
        await using MilvusHome one = new(milvus.AddressAsync), other = new(milvus.AddressAsync);
        using var first = await one.CreateAsync(Sample.Info(2), clock);
        await first.AppendAsync(Sample.Row("a", 1, 0), Sample.Row("b", 1, 1));
        using (var second = await other.CreateAsync(Sample.Info(2), clock))
        {
            await second.AppendAsync(Sample.Row("a", 1, 0));
            Assert.Equal(["a"], await second.ImagesAsync());
            await second.PurgeAsync("a");
            await (await other.OpenMilvusAsync()).DeleteAsync(Sample.Cancellation);
        }
        Assert.Equal(["a", "b"], await first.ImagesAsync());
    }

    [Fact]
    public async Task DatabaseThatGrows_MovesToACollectionOfItsOwn_WhileItIsSearched()
    {
        const int Batch = 40, Batches = 5;
        var time = new FakeTimeProvider();
        await using var home = new MilvusHome(
            milvus.AddressAsync, new() { OwnCollectionFrom = 2 * Batch, Index = MilvusIndexKind.Flat });
        using var index = await home.CreateAsync(Sample.Info(2), time);
        await index.AppendAsync([.. Sample.Rows(0, Batch, 2, "0-")]);
        using var done = new CancellationTokenSource();
        var searching = Task.Run(async () =>
        {
            using var reader = await home.OpenAsync();
            do
            {
                var version = await reader.RefreshAsync(Sample.Cancellation);
                Assert.Equal(version * Batch, (await reader.ImagesAsync(version)).Count());
                Assert.Equal(Batch, (await reader.ImagesAsync(1)).Count());
            } while (!done.IsCancellationRequested);
        }, Sample.Cancellation);
        for (var batch = 1; batch < Batches; batch++)
            await index.AppendAsync([.. Sample.Rows(batch, Batch, 2, $"{batch}-")]);
        await done.CancelAsync();
        await searching;

        Assert.NotNull(home.History.State.Collection);
        Assert.Equal("4-39", (await index.GetAsync(Batch * Batches - 1, Sample.Cancellation)).Provenance.ImageId);
        Assert.Equal(2 * Batch, await home.CountSharedAsync()); // until no search can be under way there
        time.Advance(TimeSpan.FromMinutes(3));
        await index.RemoveAsync("0-0");
        Assert.Equal(0, await home.CountSharedAsync());
        Assert.Equal(Batch * Batches - 1, (await index.ImagesAsync()).Count());
    }

    [Fact]
    public async Task RestartedMilvus_IsWaitedFor()
    {
        await using var own = new MilvusServer();
        await using var home = new MilvusHome(own.OwnAddressAsync, new() { Patience = TimeSpan.FromMinutes(2) });
        using var index = await home.CreateAsync(Sample.Info(2), clock);
        await index.AppendAsync(Sample.Row("a", 1, 0), Sample.Row("b", 0, 1));
        await own.KillAsync();
        var found = index.ImagesAsync();
        await own.StartAsync();
        Assert.Equal(["a", "b"], await found);
        Assert.Equal(2, await index.AppendAsync(Sample.Row("c", 1, 1)));
    }

    [Fact]
    public async Task UserWithAPassword_IsLetIn_AndNobodyElse()
    {
        await using var guarded = new MilvusServer { AsksForPasswords = true };
        var address = await guarded.OwnAddressAsync();
        await using var home = new MilvusHome(guarded.AddressAsync, new() { Token = "root:Milvus" });
        using var index = await home.CreateAsync(Sample.Info(2), clock);
        await index.AppendAsync(Sample.Row("a", 1, 0));
        Assert.Equal(["a"], await index.ImagesAsync());
        foreach (var token in (string?[])[null, "root:wrong"])
        {
            using var stranger = new MilvusCollections(new() { Address = address, Token = token });
            await Assert.ThrowsAsync<MilvusException>(() => stranger.GetSharedAsync(2, Sample.Cancellation));
        }
    }

    [Fact]
    public async Task MilvusThatIsNotThere_IsNamed()
    {
        using var collections = new MilvusCollections(new()
        {
            Address = LoopbackPort.Http(LoopbackPort.Free()), Patience = TimeSpan.FromSeconds(0.5),
        });
        var exception = await Assert.ThrowsAsync<MilvusException>(() => collections.GetVersionAsync(Sample.Cancellation));
        Assert.Contains("127.0.0.1", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("db_A")] // another's collection could have the same name but for the letter's size
    [InlineData("a-b")]
    [InlineData("a\" or row >= 0 or image == \"")]
    public async Task IdThatCouldMeanSomethingElse_IsRefused(string id)
    {
        using var collections = new MilvusCollections(new() { Address = LoopbackPort.Http(LoopbackPort.Free()) });
        await Assert.ThrowsAsync<DatabaseException>(() => MilvusIndex.OpenAsync(
            collections, id, Sample.Info(2), new RememberedHistory(),
            new FolderStore(Path.GetTempPath(), clock), clock, Sample.Cancellation));
    }
}
