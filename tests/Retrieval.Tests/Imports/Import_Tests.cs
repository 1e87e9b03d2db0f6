using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Retrieval.Support;
using static RdmCloud.Retrieval.Support.Sources;

namespace RdmCloud.Retrieval.Imports;

public class Import_Tests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Archive_BecomesSearchableWithWhatIsKnownOfItsPictures()
    {
        await using var host = await RetrievalHost.StartAsync();
        var database = await host.Databases.CreateAsync(Acme, New("cats"), Cancel);
        var pictures = Enumerable.Range(0, 70).Select(i => ($"cats/{i:D2}.png", (double)i));
        var ended = await host.ImportAsync(Acme, database.Id, Zip([.. pictures]));
        Assert.Equal(
            (ImportStatus.Completed, 70L, 70L, 0L),
            (ended.Import.Status, ended.Import.Total, ended.Import.Done, ended.Import.RefusedCount));
        Assert.Equal([32, 32, 6], host.Embedding.Commands.Select(command => command.Images.Count));
        var found = await host.Databases.FindAsync(Acme, database.Id, Cancel);
        Assert.Equal((70, ended.Version), (found!.Images, found.Version));
        Assert.Equal(new("cats/07.png", "7", "Ann", "MIT", "https://example.com/cats/07.png"),
            await host.Databases.FindImageAsync(Acme, database.Id, "cats/07.png", Cancel));
        var thumbnail = await host.Databases.FindThumbnailAsync(Acme, database.Id, "cats/07.png", Cancel);
        Assert.Equal("image/png", thumbnail!.ContentType);
        await HasEndedAsync(host, database.Id, ended.Import);
        Assert.Empty(await host.Objects.ListAsync("tenants/acme/imports/", Cancel).ToListAsync(Cancel));
        Assert.Empty(await host.Objects.ListAsync("transit/", Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task BadPictures_AreReportedOneByOneAndStopNothing()
    {
        await using var host = await RetrievalHost.StartAsync();
        var database = await host.Databases.CreateAsync(Acme, New("cats"), Cancel);
        await host.PutAsync("tenants/acme/files/good.png", [1]);
        await host.PutAsync("tenants/acme/files/bad.png", [1]);
        await host.PutAsync("tenants/acme/files/again.png", [1]);
        await host.PutAsync("tenants/acme/files/notes.txt", [1]);
        await host.PutAsync("tenants/acme/files/metadata.jsonl", """
            {"file": "good.png", "id": "same"}
            {"file_name": "again.png", "id": "same"}
            {"file": "gone.png"}
            """u8.ToArray());
        await host.Databases.ImportAsync(
            Acme, database.Id, "imp_1", new(ImportKind.Prefix, ["tenants/acme/files/"], "tiny"), Cancel);
        var import = (await host.HearAsync<ImportEnded>()).Import;
        Assert.Equal((ImportStatus.Completed, 1L, 3L), (import.Status, import.Done, import.RefusedCount));
        Assert.Equal(
            [
                ("gone.png", "metadata.jsonl names it, but it is not there"),
                ("good.png", "another picture of this import has the id 'same'"),
                ("bad.png", "not a picture"),
            ],
            import.Refused.Select(refused => (refused.Name, refused.Reason)));
        // The tenant's own files stay.
        Assert.Equal(5, await host.Objects.ListAsync("tenants/acme/files/", Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task UploadedFiles_KeepTheNamesThatTheyCameWith()
    {
        await using var host = await RetrievalHost.StartAsync();
        var database = await host.Databases.CreateAsync(Acme, New("cats"), Cancel);
        string[] keys = ["tenants/acme/imports/imp_1/00000-a-cat.png", "tenants/acme/imports/imp_1/00001-metadata.jsonl"];
        await host.PutAsync(keys[0], [1]);
        await host.PutAsync(keys[1], """{"file": "a-cat.png", "title": "A cat"}"""u8.ToArray());
        await host.Databases.ImportAsync(Acme, database.Id, "imp_1", new(ImportKind.Images, keys, "tiny"), Cancel);
        Assert.Null((await host.HearAsync<ImportEnded>()).Import.Error);
        Assert.Equal("A cat", (await host.Databases.FindImageAsync(Acme, database.Id, "a-cat.png", Cancel))!.Title);
    }

    [Fact]
    public async Task OriginalsParts_GoStraightIn()
    {
        await using var host = await RetrievalHost.StartAsync();
        var database = await host.Databases.CreateAsync(Acme, New("parts"), Cancel);
        await host.PutAsync("tenants/acme/imports/imp_1/00000-part.npz", Npz.Of(dimension: 4, images: 3));
        await host.Databases.ImportAsync(
            Acme, database.Id, "imp_1", new(ImportKind.Npz, ["tenants/acme/imports/imp_1/00000-part.npz"], "tiny"), Cancel);
        var import = (await host.HearAsync<ImportEnded>()).Import;
        Assert.Equal((null, 3L, 3L), (import.Error, import.Done, import.Total));
        Assert.NotNull(await host.Databases.FindImageAsync(Acme, database.Id, "parts/2", Cancel));
        Assert.Empty(host.Embedding.Commands);
    }

    [Fact]
    public async Task PartsOfAnotherDimension_AreRefused()
    {
        await using var host = await RetrievalHost.StartAsync();
        var database = await host.Databases.CreateAsync(Acme, New("parts"), Cancel);
        await host.PutAsync("tenants/acme/imports/imp_1/00000-part.npz", Npz.Of(dimension: 8, images: 3));
        await host.Databases.ImportAsync(
            Acme, database.Id, "imp_1", new(ImportKind.Npz, ["tenants/acme/imports/imp_1/00000-part.npz"], "tiny"), Cancel);
        var import = (await host.HearAsync<ImportEnded>()).Import;
        Assert.Equal(ImportStatus.Failed, import.Status);
        Assert.Contains("embeddings of 8 values, the database's have 4", import.Error);
    }

    [Theory]
    [InlineData("not a zip", "not a readable zip archive")]
    [InlineData("", "not a readable zip archive")]
    public async Task SourceThatCannotBeRead_FailsTheImportWithItsReason(string content, string reason)
    {
        await using var host = await RetrievalHost.StartAsync();
        var database = await host.Databases.CreateAsync(Acme, New("cats"), Cancel);
        var ended = await host.ImportAsync(Acme, database.Id, System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Equal(ImportStatus.Failed, ended.Import.Status);
        Assert.Contains(reason, ended.Import.Error);
        await HasEndedAsync(host, database.Id, ended.Import);
    }

    [Fact]
    public async Task SourceWithoutAPicture_FailsTheImport()
    {
        await using var host = await RetrievalHost.StartAsync();
        var database = await host.Databases.CreateAsync(Acme, New("cats"), Cancel);
        const string reason = "There was no picture that could be imported.";
        Assert.Equal(reason, (await host.ImportAsync(Acme, database.Id, Zip())).Import.Error);
        Assert.Equal(reason, (await host.ImportAsync(Acme, database.Id, Zip(("bad.png", 0)))).Import.Error);
    }

    [Fact]
    public async Task BatchThatCannotBeEmbedded_FailsTheImport()
    {
        await using var host = await RetrievalHost.StartAsync();
        var database = await host.Databases.CreateAsync(Acme, New("cats"), Cancel);
        var ended = await host.ImportAsync(Acme, database.Id, Zip(("poison.png", 0)));
        Assert.Equal((ImportStatus.Failed, "It is poison."), (ended.Import.Status, ended.Import.Error));
    }

    [Fact]
    public async Task MessagesThatComeTwice_CountOnce()
    {
        await using var host = await RetrievalHost.StartAsync();
        host.Embedding.Deliveries = 2;
        var database = await host.Databases.CreateAsync(Acme, New("cats"), Cancel);
        var zip = Zip([.. Enumerable.Range(0, 40).Select(i => ($"{i}.png", (double)i))]);
        var ended = await host.ImportAsync(Acme, database.Id, zip);
        Assert.Equal((40L, 40L), (ended.Import.Done, (await host.Databases.FindAsync(Acme, database.Id, Cancel))!.Images));
        Assert.Equal(2, (await host.Databases.VersionsAsync(Acme, database.Id, Cancel))!.Count);

        // The same pictures, imported again, change nothing.
        Assert.Equal(40, (await host.ImportAsync(Acme, database.Id, zip)).Import.Done);
        Assert.Equal(ended.Version, (await host.Databases.FindAsync(Acme, database.Id, Cancel))!.Version);
    }

    [Fact]
    public async Task DatabaseDeletedMeanwhile_EndsItsImportsQuietly()
    {
        await using var host = await RetrievalHost.StartAsync();
        var database = await host.FillAsync(Acme, "cats", Visibility.Private, ("a.png", 0));
        await host.Databases.DeleteAsync(Acme, database.Id, Cancel);
        await host.SendAsync(ImportQueues.AddImages,
            new ImagesEmbedded(Acme, database.Id, "imp_gone", 0, "transit/imports/imp_gone/0.json"));
        var source = new ImportSource(ImportKind.Zip, ["tenants/acme/imports/imp_gone/archive.zip"], "tiny");
        await host.SendAsync(ImportQueues.ImportImages, new ImportImages(Acme, database.Id, "imp_gone", source));
        var next = await host.FillAsync(Acme, "dogs", Visibility.Private, ("a.png", 0)); // the queues go on
        Assert.Equal(1, next.Images);
    }

    [Fact]
    public async Task Imports_AreListedTheNewestFirst()
    {
        await using var host = await RetrievalHost.StartAsync();
        var database = await host.Databases.CreateAsync(Acme, New("cats"), Cancel);
        var first = (await host.ImportAsync(Acme, database.Id, Zip(("a.png", 0)))).Import.Id;
        var second = (await host.ImportAsync(Acme, database.Id, Zip(("b.png", 0)))).Import.Id;
        var page = await host.Databases.ListImportsAsync(Acme, database.Id, null, 1, Cancel);
        Assert.Equal(second, Assert.Single(page!.Items).Id);
        var next = await host.Databases.ListImportsAsync(Acme, database.Id, page.Next, 1, Cancel);
        Assert.Equal(first, Assert.Single(next!.Items).Id);
    }

    /// <summary>The ledger says so a moment after it was told.</summary>
    static async Task HasEndedAsync(RetrievalHost host, string database, Import ended)
    {
        while (await host.Databases.FindImportAsync(Acme, database, ended.Id, Cancel) is not { CompletedAt: not null })
            await Task.Yield();
        var found = await host.Databases.FindImportAsync(Acme, database, ended.Id, Cancel);
        Assert.Equal((ended.Status, ended.Error, ended.Done), (found!.Status, found.Error, found.Done));
    }
}
