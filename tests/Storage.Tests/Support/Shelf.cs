using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;
using RdmCloud.Images;
using RdmCloud.Metrics;
using RdmCloud.ObjectStore.Folder;
using RdmCloud.Storage.Results;
using RdmCloud.Storage.Retention;

namespace RdmCloud.Storage.Support;

/// <summary>A real folder with pictures in transit, and the storage over it.</summary>
sealed class Shelf : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("storage").FullName;

    public Shelf()
    {
        Store = new(new FolderStore(folder, Time));
        Index = new(Store);
        Results = new(Store, Index, new(TestMeters.Factory()), Options.Create(new StorageOptions { ThumbnailSide = 16 }), Time);
    }

    public FakeTimeProvider Time { get; } = new(new(2026, 1, 2, 3, 30, 0, TimeSpan.Zero));

    public FaultyStore Store { get; }

    public RetentionIndex Index { get; }

    public ResultStore Results { get; }

    public StoreImages Command(string job = "gen_1", int pictures = 2, string tenant = "acme") => new(
        new(tenant, job, 1), Drawing(pictures),
        [new("fluent-3d", 3, "heart", 0.75f, 1, "a heart", "Ann", "MIT", "https://example.com/heart", [0, 0, 8, 8])],
        [
            .. Enumerable.Range(0, pictures)
                .Select(i => new TransitPicture(i, 7 + i, $"transit/{job}/picture-{i}.png", "image/png", 32, 32)),
        ],
        "model-hash", "worker-1", new(1, 2, 3, 4));

    public async Task DrawAsync(StoreImages command, byte shade = 0)
    {
        foreach (var picture in command.Pictures)
            await PutAsync(picture.Key, PngWriter.Encode(Picture((byte)(shade + picture.Picture))));
    }

    public async Task PutAsync(string key, byte[] content)
    {
        using var stream = new MemoryStream(content);
        await Store.PutAsync(key, stream, "image/png", TestContext.Current.CancellationToken);
    }

    public async Task<byte[]> ReadAsync(string key)
    {
        await using var found = await Store.OpenAsync(key, TestContext.Current.CancellationToken);
        Assert.NotNull(found);
        using var bytes = new MemoryStream();
        await found.Content.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }

    public async Task<List<string>> KeysAsync(string prefix = "") =>
        [.. await Store.ListAsync(prefix, TestContext.Current.CancellationToken).Select(found => found.Key).ToListAsync()];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    Generation Drawing(int pictures) => new()
    {
        Query = new(Text: "a heart"),
        Model = "tiny",
        K = 4,
        Databases = [new("fluent-3d", 1, 3)],
        Pictures = pictures,
        Seed = 7,
        GuidanceScale = 2,
        Steps = 20,
        Sampler = SamplerKind.Ddim,
        Width = 32,
        Height = 32,
        ExpiresAt = Time.GetUtcNow().AddHours(5),
    };

    static RgbImage Picture(byte shade) => new(32, 32, [.. Enumerable.Repeat(shade, 32 * 32 * 3)]);
}
