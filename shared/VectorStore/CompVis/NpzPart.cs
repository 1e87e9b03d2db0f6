using System.IO.Compression;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace RdmCloud.VectorStore.CompVis;

/// <summary>One file of the original's database, read row by row.</summary>
sealed class NpzPart : IDisposable
{
    /// <summary>Embeddings hardly compress; what shrinks more is made to fill a disk.</summary>
    const double MaxCompression = 200;

    readonly string path;
    readonly Stack<IDisposable> opened = new();
    readonly NpzArray embedding, imageIds, patches;
    long row;

    /// <exception cref="DatabaseException">The file is not of this layout.</exception>
    public NpzPart(string path)
    {
        this.path = path;
        try
        {
            var archive = Open(ZipFile.OpenRead(path));
            embedding = Open(new NpzArray(archive, "embedding", rank: 2, DatabaseInfo.MaxDimension));
            imageIds = Open(new NpzArray(archive, "img_id", rank: 1, maxRow: 1));
            patches = Open(new NpzArray(archive, "patch_coords", rank: 2, maxRow: 4));
            Check();
        }
        catch (Exception exception)
        {
            Dispose();
            if (IsDamage(exception))
                throw Damaged(exception);
            throw;
        }
    }

    public long Rows => embedding.Rows;

    public int Dimension => embedding.RowSize;

    public ElementType ElementType => embedding.Header.Type == "f2" ? ElementType.Float16 : ElementType.Float32;

    /// <summary>The next row, or null after the last.</summary>
    /// <exception cref="DatabaseException">The file is damaged.</exception>
    public DatabaseRow? Read(string name)
    {
        try
        {
            if (row++ < Rows)
                return new(ReadEmbedding(), new($"{name}/{Integers(imageIds)[0]}", Patch: ReadPatch()));
            foreach (var array in (NpzArray[])[embedding, imageIds, patches])
                array.Verify();
            return null;
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw Damaged(exception);
        }
    }

    public void Dispose()
    {
        while (opened.TryPop(out var resource))
            resource.Dispose();
    }

    void Check()
    {
        if (imageIds.Rows != Rows || patches.Rows != Rows || patches.RowSize != 4)
            throw new InvalidDataException($"its arrays do not fit together: {Rows} embeddings, {imageIds.Rows} image ids, "
                + $"{patches.Rows} times {patches.RowSize} patch coordinates");
        if (embedding.Header.Type[0] != 'f' || imageIds.Header.Type[0] != 'i' || patches.Header.Type[0] != 'i')
            throw new InvalidDataException("its embeddings must be floats, its image ids and patch coordinates integers");
        if (embedding.Compression > MaxCompression && Rows * Dimension > 1 << 20)
            throw new InvalidDataException($"its embeddings grow {embedding.Compression:0} times when they are unpacked, "
                + "which no real embeddings do");
    }

    float[] ReadEmbedding()
    {
        var bytes = embedding.ReadRow();
        var values = new float[Dimension];
        switch (embedding.Header.Type)
        {
            case "f2":
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
                break;
            case "f4":
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
                break;
            default:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(bytes), values.AsSpan());
                break;
        }
        return values;
    }

    Patch ReadPatch()
    {
        var box = Integers(patches);
        return checked(new((int)box[0], (int)box[1], (int)box[2], (int)box[3]));
    }

    static ReadOnlySpan<long> Integers(NpzArray array)
    {
        var bytes = array.ReadRow();
        if (array.Header.Type == "i8")
            return MemoryMarshal.Cast<byte, long>(bytes);
        var wide = new long[array.RowSize];
        TensorPrimitives.ConvertChecked(MemoryMarshal.Cast<byte, int>(bytes), wide.AsSpan());
        return wide;
    }

    T Open<T>(T resource) where T : IDisposable
    {
        opened.Push(resource);
        return resource;
    }

    /// <summary>What the zip reader, the inflater and the checks above throw at bad bytes.</summary>
    static bool IsDamage(Exception exception) => exception
        is InvalidDataException or EndOfStreamException or OverflowException or NotSupportedException or ArgumentException;

    DatabaseException Damaged(Exception exception) => new($"'{path}' is not a readable part of a database: {exception.Message}. "
        + "Expected is a .npz file with the arrays embedding [N, D], img_id [N] and patch_coords [N, 4].", exception);
}
