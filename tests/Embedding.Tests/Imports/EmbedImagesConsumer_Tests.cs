using System.Text.Json;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Embedding.Support;
using RdmCloud.Images;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Embedding.Imports;

public class EmbedImagesConsumer_Tests
{
    const string Rows = "transit/import/0.json";

    readonly FakeClip clip = new();

    [Fact]
    public async Task Images_AreEmbeddedInOneCallWithThumbnailsAndWhatIsKnownOfThem()
    {
        await using var host = await EmbeddingHost.StartAsync(clip);
        await host.Objects.PutAsync("uploads/a", Files.Picture(400, 100));
        await host.Objects.PutAsync("uploads/b", Files.Picture(20, 30));
        var known = new DatabaseImage("a", "A title", "Her", "CC0-1.0", "https://example.org/a");
        var rows = await EmbedAsync(host, new ImageToEmbed("a.png", "uploads/a", null, known), Image("b.png", "uploads/b"));
        Assert.Equal(["400,20"], clip.Calls);
        Assert.Empty(rows.Refused);
        Assert.Equal([known, new("b.png", null, null, null, null)], rows.Images.Select(row => row.Image));
        Assert.Equal([400f, 100f], PackedEmbedding.Unpack(rows.Images[0].Embedding));
        var thumbnails = rows.Images.Select(row => ImageFile.Read(new MemoryStream(row.Thumbnail)));
        Assert.Equal([(64, 16), (20, 30)], thumbnails.Select(thumbnail => (thumbnail.Width, thumbnail.Height)));
    }

    [Fact]
    public async Task SameImages_GiveTheSameBytes()
    {
        await using var host = await EmbeddingHost.StartAsync();
        var files = Enumerable.Range(0, 20).Select(i => ($"{i}.png", Files.Picture(shade: (byte)(10 * i))));
        await host.Objects.PutAsync("uploads/zip", Files.Zip([.. files]));
        ImageToEmbed[] images = [.. Enumerable.Range(0, 20).Select(i => Image($"{i}.png", "uploads/zip", $"{i}.png"))];
        Assert.Equal(20, (await EmbedAsync(host, EmbeddingHost.Model, images)).Images.Count);
        var first = await host.Objects.GetAsync(Rows);
        await EmbedAsync(host, EmbeddingHost.Model, images);
        Assert.Equal(first, await host.Objects.GetAsync(Rows));
    }

    [Fact]
    public async Task BadImages_AreReportedOneByOneAndStopNothing()
    {
        await using var host = await EmbeddingHost.StartAsync(clip);
        await host.Objects.PutAsync("uploads/good", Files.Picture(50));
        await host.Objects.PutAsync("uploads/text", "not a picture"u8.ToArray());
        await host.Objects.PutAsync("uploads/narrow", Files.Picture(13));
        var rows = await EmbedAsync(host, Image("narrow.png", "uploads/narrow"), Image("good.png", "uploads/good"),
            Image("text.png", "uploads/text"), Image("gone.png", "uploads/gone"), Image("again.png", "uploads/good"));
        Assert.Equal(["good.png", "again.png"], rows.Images.Select(row => row.Image.Id));
        Assert.Equal(["gone.png", "narrow.png", "text.png"], rows.Refused.Select(refused => refused.Name).Order());
        Assert.Contains(rows.Refused, refused => refused.Reason.Contains("too narrow"));
    }

    [Fact]
    public async Task HostileArchive_HurtsItsOwnEntriesAlone()
    {
        await using var host = await EmbeddingHost.StartAsync(clip);
        await host.Objects.PutAsync("uploads/zip", Files.Zip(
            ("../up.png", Files.Picture()),
            ("bomb.png", new byte[PictureArchive.MostBytes + 1]),
            ("good.png", Files.Picture(50))));
        string[] names = ["../up.png", "bomb.png", "good.png", "none.png"];
        var rows = await EmbedAsync(host, [.. names.Select(name => Image(name, "uploads/zip", name))]);
        Assert.Equal(["good.png"], rows.Images.Select(row => row.Image.Id));
        Assert.Equal(
            [
                ("../up.png", "its name leads out of the archive"),
                ("bomb.png", "it would unpack to more than 64 MB, which is too large"),
                ("none.png", "it is not in the archive"),
            ],
            rows.Refused.Select(refused => (refused.Name, refused.Reason)));
    }

    [Theory]
    [InlineData("other", "uploads/a", null, "no model 'other'")]
    [InlineData("fake", "uploads/gone", "a.png", "not there any more")]
    [InlineData("fake", "uploads/a", "a.png", "not a readable zip archive")]
    public async Task ImportThatCannotWork_FailsWithItsReason(string model, string key, string? entry, string reason)
    {
        await using var host = await EmbeddingHost.StartAsync(clip);
        await host.Objects.PutAsync("uploads/a", Files.Picture());
        await SendAsync(host, model, Image("a.png", key, entry));
        var failed = await host.HearAsync<EmbeddingFailed>();
        Assert.Equal(("tenant", "database", "import", 3), (failed.Tenant, failed.Database, failed.Import, failed.Batch));
        Assert.Contains(reason, failed.Reason);
    }

    [Fact]
    public async Task BatchThatFailsUnforeseen_FailsTheImportAfterItsRetries()
    {
        await using var host = await EmbeddingHost.StartAsync(clip);
        await host.Objects.PutAsync("uploads/a", Files.Picture());
        await SendAsync(host, clip.Name, rowsKey: "uploads/a/below", Image("a.png", "uploads/a"));
        Assert.Contains("trying again did not help", (await host.HearAsync<EmbeddingFailed>()).Reason);
        Assert.Equal(1 + EmbedImagesDefinition.Retries, clip.Calls.Count());
    }

    static ImageToEmbed Image(string name, string key, string? entry = null) =>
        new(name, key, entry, new(name, null, null, null, null));

    Task<EmbeddedImages> EmbedAsync(EmbeddingHost host, params ImageToEmbed[] images) => EmbedAsync(host, clip.Name, images);

    static async Task<EmbeddedImages> EmbedAsync(EmbeddingHost host, string model, params ImageToEmbed[] images)
    {
        await SendAsync(host, model, images);
        Assert.Equal(new("tenant", "database", "import", 3, Rows), await host.HearAsync<ImagesEmbedded>());
        return JsonSerializer.Deserialize<EmbeddedImages>(await host.Objects.GetAsync(Rows), RemoteAnswers.Json)!;
    }

    static Task SendAsync(EmbeddingHost host, string model, params ImageToEmbed[] images) => SendAsync(host, model, Rows, images);

    static Task SendAsync(EmbeddingHost host, string model, string rowsKey, params ImageToEmbed[] images) =>
        host.SendAsync(ImportQueues.EmbedImages, new EmbedImages("tenant", "database", "import", 3, model, images, rowsKey));
}
