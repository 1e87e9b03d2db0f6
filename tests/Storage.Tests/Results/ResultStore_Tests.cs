using System.Text.Json.Nodes;
using RdmCloud.Images;
using RdmCloud.Storage.Support;

namespace RdmCloud.Storage.Results;

public sealed class ResultStore_Tests : IDisposable
{
    readonly Shelf shelf = new();

    public void Dispose() => shelf.Dispose();

    [Fact]
    public async Task Pictures_LieWithThumbnailsAndReceipt_AndTransitIsEmpty()
    {
        var command = shelf.Command();
        await shelf.DrawAsync(command);
        var stored = await shelf.Results.StoreAsync(command, Cancel);
        Assert.Equal([.. stored.Pictures.SelectMany(picture => new[] { picture.ThumbnailKey, picture.Key }), stored.ManifestKey],
            await shelf.KeysAsync("tenants/acme/jobs/gen_1/"));
        Assert.Empty(await shelf.KeysAsync("transit/"));
        Assert.Equal([7, 8], stored.Pictures.Select(picture => picture.Seed));
        foreach (var picture in stored.Pictures)
        {
            var file = await shelf.ReadAsync(picture.Key);
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));
            Assert.Equal((file.Length, hash), (picture.Bytes, picture.Sha256));
            using var thumbnail = new MemoryStream(await shelf.ReadAsync(picture.ThumbnailKey));
            Assert.Equal(16, ImageFile.Read(thumbnail).Width);
        }
    }

    [Fact]
    public async Task Receipt_HoldsAllThatMadeThePictures()
    {
        var command = shelf.Command();
        await shelf.DrawAsync(command);
        var stored = await shelf.Results.StoreAsync(command, Cancel);
        var receipt = JsonNode.Parse(await shelf.ReadAsync(stored.ManifestKey))!;
        Assert.Equal(
            ("tiny", "model-hash", "worker-1"),
            ((string)receipt["model"]!, (string)receipt["model_hash"]!, (string)receipt["worker"]!));
        var parameters = receipt["parameters"]!;
        Assert.Equal(
            ("a heart", "ddim", 20, 2.0, 7),
            ((string)parameters["prompt"]!, (string)parameters["sampler"]!, (int)parameters["steps"]!,
                (double)parameters["guidance_scale"]!, (int)parameters["seed"]!));
        var database = receipt["databases"]![0]!;
        Assert.Equal(("fluent-3d", 3), ((string)database["database"]!, (int)database["version"]!));
        var neighbor = receipt["neighbors"]![0]!;
        Assert.Equal(
            (0, "heart", 0.75, "Ann", "MIT", "https://example.com/heart"),
            ((int)neighbor["rank"]!, (string)neighbor["image"]!, (double)neighbor["score"]!,
                (string)neighbor["author"]!, (string)neighbor["license"]!, (string)neighbor["source"]!));
        Assert.Equal(stored.Pictures[1].Sha256, (string)receipt["pictures"]![1]!["sha256"]!);
        Assert.Equal(3, (double)receipt["timings"]!["sampling_wait"]!);
    }

    [Fact]
    public async Task StoringTwice_GivesTheSame_EvenWhereTheSecondDrawingDiffers()
    {
        var command = shelf.Command();
        await shelf.DrawAsync(command);
        var first = await shelf.Results.StoreAsync(command, Cancel);
        var file = await shelf.ReadAsync(first.Pictures[0].Key);
        await shelf.DrawAsync(command, shade: 100);
        var second = await shelf.Results.StoreAsync(command, Cancel);
        Assert.Equal(first.Pictures, second.Pictures);
        Assert.Equal(file, await shelf.ReadAsync(first.Pictures[0].Key));
        Assert.Empty(await shelf.KeysAsync("transit/"));
    }

    [Fact]
    public async Task TwoDrawingsStoredAtOnceByTwoProcesses_AreBothWhole()
    {
        var command = shelf.Command();
        await shelf.DrawAsync(command);
        shelf.Store.BeforePut = async key =>
        {
            if (!key.Contains("manifest-"))
                return;
            shelf.Store.BeforePut = _ => Task.CompletedTask; // the other process begins in this moment, with a drawing of its own
            await shelf.DrawAsync(command, shade: 100);
            await CheckAsync(await shelf.Results.StoreAsync(command, Cancel));
        };
        await CheckAsync(await shelf.Results.StoreAsync(command, Cancel));

        async Task CheckAsync(RdmCloud.Contracts.Stages.ImagesStored stored)
        {
            foreach (var picture in stored.Pictures)
                Assert.Equal(picture.Sha256,
                    Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await shelf.ReadAsync(picture.Key))));
            var manifest = System.Text.Encoding.UTF8.GetString(await shelf.ReadAsync(stored.ManifestKey));
            Assert.Contains(stored.Pictures[0].Sha256, manifest);
        }
    }

    [Fact]
    public async Task FailureAtAnyCall_IsMendedByTheNextDelivery()
    {
        var command = shelf.Command();
        await shelf.DrawAsync(command);
        await shelf.Results.StoreAsync(command, Cancel);
        var calls = 40;
        for (var failAt = 1; failAt <= calls; failAt++)
        {
            using var broken = new Shelf();
            var job = broken.Command();
            await broken.DrawAsync(job);
            broken.Store.FailAt = broken.Store.Calls + failAt;
            var failed = await Record.ExceptionAsync(() => broken.Results.StoreAsync(job, Cancel)) is not null;
            broken.Store.FailAt = -1;
            if (failed)
                await broken.DrawAsync(job, shade: 100); // drawn again by another worker
            var stored = await broken.Results.StoreAsync(job, Cancel);
            foreach (var picture in stored.Pictures)
                Assert.Equal(picture.Sha256,
                    Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await broken.ReadAsync(picture.Key))));
            Assert.Empty(await broken.KeysAsync("transit/"));
            if (!failed)
                return; // every call has failed once
        }
        Assert.Fail($"Storing makes more than {calls} calls.");
    }

    [Fact]
    public async Task PicturesThatAreNowhere_AreAFailureThatMayPass() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => shelf.Results.StoreAsync(shelf.Command(), Cancel));

    [Theory]
    [InlineData("../other", "gen_1")]
    [InlineData("acme", "..")]
    [InlineData("acme", "a/../../b")]
    public async Task HostileIds_LeadNowhere(string tenant, string job) =>
        await Assert.ThrowsAsync<RdmCloud.ObjectStore.ObjectKeyException>(() =>
            shelf.Results.StoreAsync(shelf.Command(job, tenant: tenant), Cancel));

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
