using System.Net;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.ObjectStore.Support;

namespace RdmCloud.ObjectStore.Folder;

public sealed class FolderStore_Tests : ObjectStoreContract
{
    readonly string root = Directory.CreateTempSubdirectory("rdm-objects-").FullName;
    readonly FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
    FolderStore folder = null!;
    WebServer server = null!;

    protected override async Task<IObjectStore> CreateAsync()
    {
        folder = new(root, time);
        server = await WebServer.StartAsync(app => TestFiles.MapObjects(app, folder));
        folder.PublicUrl = server.Url; // known only now
        return folder;
    }

    public override async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    protected override Task<bool> LeavesRemainsAsync() =>
        Task.FromResult(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Any());

    [Fact]
    public async Task ReaderOfAReplacedObject_ReadsTheOldOneToTheEnd()
    {
        await Store.PutAsync("a", Bytes.Random(100_000));
        await using var opened = await Store.OpenAsync("a", Cancellation);
        await Store.PutAsync("a", Bytes.Random(50_000));
        var copy = new MemoryStream();
        await opened!.Content.CopyToAsync(copy, Cancellation);
        Assert.Equal(Bytes.Random(100_000), copy.ToArray());
        Assert.Equal(Bytes.Random(50_000), await Store.ReadAsync("a"));
    }

    [Fact]
    public async Task ManyWritersAndDeleters_OfOneFolder_DoNotDisturbEachOther()
    {
        var eightAtOnce = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation };
        await Parallel.ForAsync(0, 200, eightAtOnce, async (i, _) =>
        {
            await Store.PutAsync($"deep/folder/{i}", [1]);
            await Store.DeleteAsync($"deep/folder/{i}", Cancellation);
        });
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(root, "objects")));
    }

    [Fact]
    public async Task KeyThatIsTheStartOfAnother_IsRefusedAndSaysWhy()
    {
        await Store.PutAsync("a/b", [1]);
        await Store.PutAsync("c", [2]);
        var above = await Assert.ThrowsAsync<ObjectStoreException>(() => Store.PutAsync("a", [3]));
        Assert.Contains("start of another", above.Message);
        var below = await Assert.ThrowsAsync<ObjectStoreException>(() => Store.PutAsync("c/d", [3]));
        Assert.Contains("start of another", below.Message);
        Assert.Equal([1], await Store.ReadAsync("a/b"));
        Assert.Equal([2], await Store.ReadAsync("c"));
    }

    [Fact]
    public async Task FileThatSomeonePutThere_IsAnObjectOfUnknownType()
    {
        var objects = Directory.CreateDirectory(Path.Combine(root, "objects")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(objects, "a.bin"), [1], Cancellation);
        Assert.Equal("application/octet-stream", (await Store.HeadAsync("a.bin", Cancellation))!.ContentType);
    }

    [Fact]
    public async Task Start_RemovesWhatExpired()
    {
        await Store.PutAsync("transit/old", [1]);
        await Store.PutAsync("tenant/kept", [1]);
        await File.WriteAllBytesAsync(Path.Combine(root, "temporary", "crashed"), [1], Cancellation);
        time.Advance(TimeSpan.FromHours(23));
        await Store.EnsureReadyAsync(Cancellation);
        Assert.Equal(["tenant/kept", "transit/old"], await KeysAsync(""));
        time.Advance(TimeSpan.FromHours(2));
        await Store.EnsureReadyAsync(Cancellation);
        Assert.Equal(["tenant/kept"], await KeysAsync(""));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(root, "temporary")));
    }

    [Fact]
    public async Task Link_EndsWithItsTime()
    {
        await Store.PutAsync("a", [1]);
        var link = await Store.LinkAsync("a", TimeSpan.FromMinutes(10));
        time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(link.AbsoluteUri));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(link.AbsoluteUri));
    }

    [Fact]
    public async Task LinkWithDownloadName_SavesUnderThatName()
    {
        await Store.PutAsync("0.png", [1]);
        using var http = new HttpClient();
        using var response = await http.GetAsync(
            await Store.LinkAsync("0.png", TimeSpan.FromMinutes(1), "rotes \"Herz\" & 心.png"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("rotes \"Herz\" & 心.png", response.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition.DispositionType);
    }

    [Fact]
    public async Task AlteredLink_IsRefused()
    {
        await Store.PutAsync("tenant/a", [1]);
        await Store.PutAsync("tenant/b", [2]);
        var link = (await Store.LinkAsync("tenant/a", TimeSpan.FromMinutes(10), "a.png")).AbsoluteUri;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(link));
        foreach (var altered in (string[])
        [
            link.Replace("tenant/a", "tenant/b"),
            link.Replace("expires=", "expires=9"),
            link.Replace("download=a.png", "download=b.html"),
            link.Replace("&download=a.png", ""),
            link[..^1],
            link[..^1] + (link[^1] == 'A' ? 'B' : 'A'),
            link[..(link.IndexOf("signature=", StringComparison.Ordinal) + "signature=".Length)] + "%C3%BC",
        ])
            Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(altered));
    }

    [Fact]
    public async Task Links_OutliveAStartAndHoldInOneFolderAlone()
    {
        var link = new Uri((await Store.LinkAsync("a", TimeSpan.FromMinutes(10))).AbsoluteUri);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(link.Query);
        var (expires, signature) = (long.Parse(query["expires"]!, provider: null), query["signature"].ToString());
        Assert.True(new FolderStore(root, time).Verify("a", expires, signature));
        Assert.False(new FolderStore(Path.Combine(root, "other"), time).Verify("a", expires, signature));
    }

    [Fact]
    public async Task SigningKey_IsReadableByItsOwnerAlone()
    {
        await Store.LinkAsync("a", TimeSpan.FromMinutes(10));
        var path = Path.Combine(root, "signing.key");
        Assert.Equal(32, new FileInfo(path).Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task DamagedSigningKey_SaysWhatToDo()
    {
        await File.WriteAllBytesAsync(Path.Combine(root, "signing.key"), [], Cancellation);
        var error = await Assert.ThrowsAsync<ObjectStoreException>(async () =>
            await Store.LinkAsync("a", TimeSpan.FromMinutes(10)));
        Assert.Contains("Delete it", error.Message);
    }

    [Fact]
    public async Task LinkWithoutPublicUrl_SaysWhatToSet()
    {
        folder.PublicUrl = null;
        var error = await Assert.ThrowsAsync<ObjectStoreException>(async () =>
            await Store.LinkAsync("a", TimeSpan.FromMinutes(1)));
        Assert.Contains("ObjectStore:PublicUrl", error.Message);
    }

    [Fact]
    public async Task Link_KeepsThePathOfThePublicUrl()
    {
        folder.PublicUrl = new("https://example.org/rdm/");
        var link = await Store.LinkAsync("a/b.png", TimeSpan.FromMinutes(1));
        Assert.StartsWith("https://example.org/rdm/files/a/b.png?expires=", link.AbsoluteUri);
    }

    static async Task<HttpStatusCode> StatusAsync(string link)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(link, Cancellation);
        return response.StatusCode;
    }
}
