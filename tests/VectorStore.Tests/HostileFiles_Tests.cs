using System.Diagnostics;
using System.IO.Compression;
using RdmCloud.VectorStore.CompVis;
using RdmCloud.VectorStore.Embedded;
using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore;

/// <summary>Mutated files are read or refused with a message for people; nothing else, and in bounded time and memory.</summary>
[Trait("Category", "Fuzz")]
[Collection<Alone>]
public sealed class HostileFiles_Tests(ITestOutputHelper output) : IDisposable
{
    const int Mutations = 10_000;
    static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public async Task MutatedNpz_IsReadOrRefused(CompressionLevel level)
    {
        const int Rows = 6, Dimension = 4;
        var embeddings = Array.ConvertAll(Sample.Vector(new(1), Rows * Dimension), value => (Half)value);
        Npz.Write(folder["good.npz"], level,
            ("embedding", Npz.Array("<f2", embeddings, Rows, Dimension)),
            ("img_id", Npz.Array("<i8", [1L, 2, 3, 4, 5, 6], Rows)),
            ("patch_coords", Npz.Array("<i4", new int[4 * Rows], Rows, 4)));
        var good = File.ReadAllBytes(folder["good.npz"]);

        await FuzzAsync((int)level, async random =>
        {
            File.WriteAllBytes(folder["bad.npz"], Mutate(random, good));
            var database = CompVisDatabase.Open(folder["bad.npz"], "db");
            await foreach (var row in database.ReadAsync())
                Assert.Equal(database.Dimension, row.Embedding.Length);
        });
    }

    [Theory]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.Float32)]
    public async Task MutatedIndex_IsSearchedOrRefused(ElementType type)
    {
        using (var created = await Sample.CreateAsync(folder["db"], Sample.Info(5, type), Sample.Rows(1, 12, 5)))
            await created.RemoveAsync(["7"], Sample.Cancellation);
        var good = Directory.GetFiles(folder["db"]).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .Select(file => (File: file, Bytes: File.ReadAllBytes(file)))
            .OrderBy(item => item.File, StringComparer.Ordinal).ToArray();

        await FuzzAsync((int)type, async random =>
        {
            var (file, bytes) = good[random.Next(good.Length)];
            File.WriteAllBytes(file, Mutate(random, bytes));
            try
            {
                using var index = EmbeddedIndex.Open(folder["db"]);
                await index.SearchAsync(new float[index.Info.Dimension], 5, new(Except: ["3"]));
                await index.ListAsync(1, -1, 12, Sample.Cancellation);
                for (var row = 0; row < Math.Min(index.Count, 12); row++)
                    await index.GetAsync(row, Sample.Cancellation);
            }
            finally
            {
                File.WriteAllBytes(file, bytes);
            }
        });
    }

    public void Dispose() => folder.Dispose();

    async Task FuzzAsync(int seed, Func<Random, Task> action)
    {
        var random = new Random(seed);
        var time = Stopwatch.StartNew();
        var (tried, refused) = (0, 0);
        for (; tried < Mutations && time.Elapsed < Budget; tried++)
        {
            var before = GC.GetTotalAllocatedBytes();
            try
            {
                await action(random);
            }
            catch (DatabaseException exception)
            {
                refused++;
                Assert.NotEmpty(exception.Message);
            }
            Assert.InRange(GC.GetTotalAllocatedBytes() - before, long.MinValue, 4 << 20);
        }
        output.WriteLine($"{tried} mutations, {refused} refused, {time.Elapsed.TotalSeconds:0.0} s");
        Assert.InRange(refused, tried / 4, tried);
    }

    static byte[] Mutate(Random random, byte[] good)
    {
        var bytes = good.ToArray();
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1: // an extreme number somewhere
                var place = random.Next(Math.Max(1, bytes.Length - 8));
                byte[][] extremes = [[255, 255, 255, 127], [255, 255, 255, 255], [0, 0, 0, 128], [0, 0, 0, 0]];
                extremes[random.Next(4)].AsSpan(0, Math.Min(4, bytes.Length - place)).CopyTo(bytes.AsSpan(place));
                return bytes;
            case 2: // a piece elsewhere
                var length = random.Next(1, Math.Min(64, bytes.Length));
                bytes.AsSpan(random.Next(bytes.Length - length), length).CopyTo(bytes.AsSpan(random.Next(bytes.Length - length)));
                return bytes;
            default:
                for (var i = random.Next(1, 5); i > 0; i--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }
}
