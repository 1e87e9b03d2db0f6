using System.IO.Compression;
using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.CompVis;

public sealed class CompVisDatabase_Tests : IDisposable
{
    readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public async Task EveryNumberType_IsRead(CompressionLevel level)
    {
        float[] values = [1, 2, 3, 0.5f, -0.25f, 1024];
        (string, byte[])[] embeddings =
        [
            ("<f2", Npz.Array("<f2", Array.ConvertAll(values, value => (Half)value), 2, 3)),
            ("<f4", Npz.Array("<f4", values, 2, 3)),
            ("<f8", Npz.Array("<f8", Array.ConvertAll(values, value => (double)value), 2, 3)),
        ];
        foreach (var (type, embedding) in embeddings)
            foreach (var wide in (bool[])[true, false])
            {
                File.Delete(folder["part.npz"]);
                Npz.Write(folder["part.npz"], level, // in any order, other arrays between
                    ("patch_coords", Integers(wide, [0, 1, 256, 257, 5, 6, 7, 8], 2, 4)), ("class_id", Integers(wide, [9, 9], 2)),
                    ("embedding", embedding), ("img_id", Integers(wide, [7, -8], 2)));

                var database = CompVisDatabase.Open(folder["part.npz"], "art");
                var rows = await database.ReadAsync().ToListAsync(Sample.Cancellation);

                Assert.Equal((3, 2L), (database.Dimension, database.Count));
                Assert.Equal(type == "<f2" ? ElementType.Float16 : ElementType.Float32, database.ElementType);
                Assert.Equal(values, rows.SelectMany(row => row.Embedding.ToArray()));
                Assert.Equal(
                    [new("art/7", Patch: new(0, 1, 256, 257)), new Provenance("art/-8", Patch: new(5, 6, 7, 8))],
                    rows.Select(row => row.Provenance));
            }
    }

    [Fact]
    public async Task Parts_FollowEachOtherInNaturalOrder()
    {
        foreach (var part in (int[])[10, 9, 1, 2])
            Write($"20x1-part_{part}.npz", rows: 2, imageId: part * 100);
        var rows = await CompVisDatabase.Open(folder.Path, "db").ReadAsync().ToListAsync(Sample.Cancellation);
        Assert.Equal(
            ["db/100", "db/101", "db/200", "db/201", "db/900", "db/901", "db/1000", "db/1001"],
            rows.Select(row => row.Provenance.ImageId));
    }

    [Fact]
    public void PartsOfDifferentDimension_AreRefused()
    {
        Write("1.npz", rows: 2, dimension: 3);
        Write("2.npz", rows: 2, dimension: 4);
        AssertRefused(folder.Path, "2.npz");
    }

    [Fact]
    public void NothingToRead_IsSaid()
    {
        AssertRefused(folder.Path, "no .npz");
        AssertRefused(folder["missing.npz"], "missing.npz");
        File.WriteAllText(folder["text.npz"], "no zip");
        AssertRefused(folder["text.npz"], "text.npz");
    }

    static byte[] TwoIds => Npz.Array("<i8", new long[2], 2);

    static byte[] TwoPatches => Npz.Array("<i8", new long[8], 2, 4);

    public static TheoryData<string, byte[], byte[], byte[]> HostileArrays => new()
    {
        { "another count", Npz.Array("<f4", new float[6], 2, 3), Npz.Array("<i8", new long[3], 3), TwoPatches },
        { "no boxes", Npz.Array("<f4", new float[6], 2, 3), TwoIds, Npz.Array("<i8", new long[4], 2, 2) },
        { "integer embeddings", Npz.Array("<i4", new int[6], 2, 3), TwoIds, TwoPatches },
        { "big-endian", Npz.Array(">f4", new float[6], 2, 3), TwoIds, TwoPatches },
        { "objects", Npz.Array("|O", new float[6], 2, 3), TwoIds, TwoPatches },
        {
            "more rows than bytes",
            Npz.Header("<f4", "99999999999, 3"), Npz.Header("<i8", "99999999999,"), Npz.Header("<i8", "99999999999, 4")
        },
        {
            "rows beyond any file", Npz.Header("<f4", "999999999999999, 65536"),
            Npz.Header("<i8", "999999999999999,"), Npz.Header("<i8", "999999999999999, 4")
        },
        {
            "vast dimension", Npz.Header("<f4", "1, 999999999999999"),
            Npz.Array("<i8", new long[1], 1), Npz.Array("<i8", new long[4], 1, 4)
        },
        { "zero dimension", Npz.Header("<f4", "5, 0"), Npz.Array("<i8", new long[5], 5), Npz.Array("<i8", new long[20], 5, 4) },
        { "Fortran order", [.. Npz.Header("<f4", "2, 3", "True"), .. new byte[24]], TwoIds, TwoPatches },
        { "vast header", [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 127], TwoIds, TwoPatches },
        {
            "bomb", Npz.Array("<f4", new float[1 << 21], 1 << 13, 1 << 8),
            Npz.Array("<i8", new long[1 << 13], 1 << 13), Npz.Array("<i8", new long[1 << 15], 1 << 13, 4)
        },
    };

    [Theory]
    [MemberData(nameof(HostileArrays))]
    public void HostileArrays_AreRefusedBeforeAnyRow(string what, byte[] embedding, byte[] imageIds, byte[] patches)
    {
        Npz.Write(
            folder["part.npz"], CompressionLevel.Optimal,
            ("embedding", embedding), ("img_id", imageIds), ("patch_coords", patches));
        Assert.NotEmpty(what);
        AssertRefused(folder["part.npz"], "part.npz");
    }

    [Fact]
    public async Task PatchBeyondPixels_IsRefused()
    {
        Npz.Write(folder["part.npz"], CompressionLevel.Optimal, ("embedding", Npz.Array("<f4", new float[3], 1, 3)),
            ("img_id", Npz.Array("<i8", new long[1], 1)), ("patch_coords", Npz.Array("<i8", [0, 0, 1L << 40, 1], 1, 4)));
        await Assert.ThrowsAsync<DatabaseException>(async () =>
            await CompVisDatabase.Open(folder["part.npz"], "db").ReadAsync().ToListAsync(Sample.Cancellation));
    }

    [Fact]
    public async Task FlippedBit_FailsTheChecksum()
    {
        Write("part.npz", rows: 50, level: CompressionLevel.NoCompression);
        var bytes = File.ReadAllBytes(folder["part.npz"]);
        bytes[300] ^= 1; // inside the stored embeddings
        File.WriteAllBytes(folder["part.npz"], bytes);
        var refused = await Assert.ThrowsAsync<DatabaseException>(async () =>
            await CompVisDatabase.Open(folder["part.npz"], "db").ReadAsync().ToListAsync(Sample.Cancellation));
        Assert.Contains("checksum", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    void Write(string name, int rows, int dimension = 3, int imageId = 0, CompressionLevel level = CompressionLevel.Optimal) =>
        Npz.Write(folder[name], level,
            ("embedding", Npz.Array("<f4", Sample.Vector(new(rows), rows * dimension), rows, dimension)),
            ("img_id", Npz.Array("<i8", [.. Enumerable.Range(imageId, rows).Select(id => (long)id)], rows)),
            ("patch_coords", Npz.Array("<i8", new long[4 * rows], rows, 4)));

    static byte[] Integers(bool wide, int[] values, params int[] shape) =>
        wide ? Npz.Array("<i8", Array.ConvertAll(values, value => (long)value), shape) : Npz.Array("<i4", values, shape);

    static void AssertRefused(string path, string said) =>
        Assert.Contains(
            said, Assert.Throws<DatabaseException>(() => CompVisDatabase.Open(path, "db")).Message, StringComparison.Ordinal);
}
