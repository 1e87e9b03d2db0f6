using System.Numerics.Tensors;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// A database as one commit left it, mapped but not read. Shared by the searches that run on it; the files close when the
/// last of them and the index have let go. What a later purge overwrites reads as damaged here; a newer snapshot hides it.
/// </summary>
sealed class Snapshot : IDisposable
{
    readonly MappedFile vectors, inverseNorms;
    readonly RemovedRows removed;
    int owners = 1;

    public Snapshot(DatabaseFolder folder, DatabaseInfo info)
    {
        Info = info;
        Layout = new(info);
        Commit = Commit.Read(folder);
        if (Commit.Rows > long.MaxValue / Math.Max(Layout.RowBytes, RowEntry.Size))
            throw new DatabaseException($"'{folder.Commit}' is damaged: it counts {Commit.Rows} rows.");
        History = History.Read(folder, Commit, info.Created);
        removed = History.Removed();
        var opened = new Stack<IDisposable>();
        try
        {
            opened.Push(vectors = new(folder.Vectors, Commit.Rows * Layout.RowBytes));
            opened.Push(inverseNorms = new(folder.InverseNorms, Commit.Rows * sizeof(float)));
            opened.Push(Records = new(folder, Commit));
        }
        catch
        {
            foreach (var file in opened)
                file.Dispose();
            throw;
        }
    }

    public DatabaseInfo Info { get; }

    public RowLayout Layout { get; }

    public Commit Commit { get; }

    public History History { get; }

    public RowRecords Records { get; }

    /// <summary>All rows that can still be read, whether or not a version removed them.</summary>
    public VisibleRows Unpurged => new(0, Commit.Rows, removed);

    /// <param name="version">Null for the latest.</param>
    /// <exception cref="DatabaseException">There is no such version.</exception>
    public VisibleRows At(long? version)
    {
        var at = version ?? History.Latest;
        return at >= 0 && at <= History.Latest
            ? new(at, History.RowsAt(at), removed)
            : throw new DatabaseException($"Database '{Info.Name}' has no version {at}; its latest version is {History.Latest}.");
    }

    public Snapshot Share()
    {
        Interlocked.Increment(ref owners);
        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref owners) > 0)
            return;
        foreach (var file in (IDisposable[])[vectors, inverseNorms, Records])
            file.Dispose();
    }

    /// <summary>
    /// [count * stride] float32 values from row <paramref name="first"/> on: the mapped file itself, or widened into the buffer.
    /// </summary>
    public ReadOnlySpan<float> Vectors(long first, int count, Span<float> buffer)
    {
        var (start, length) = (first * Layout.Stride, count * Layout.Stride);
        if (Info.ElementType == ElementType.Float32)
            return vectors.Read<float>(start, length);
        TensorPrimitives.ConvertToSingle(vectors.Read<Half>(start, length), buffer);
        return buffer[..length];
    }

    /// <summary>A row of the vector file as it is.</summary>
    public ReadOnlySpan<byte> VectorBytes(long row) => vectors.Read<byte>(row * Layout.RowBytes, Layout.RowBytes);

    public ReadOnlySpan<float> InverseNorms(long first, int count) => inverseNorms.Read<float>(first, count);

    public float[] ReadEmbedding(long row)
    {
        var buffer = new float[Layout.Stride];
        return Vectors(row, 1, buffer)[..Info.Dimension].ToArray();
    }

    /// <summary>The rows of these images, in ascending order.</summary>
    public List<long> FindRows(IReadOnlyCollection<string> imageIds, VisibleRows visible, CancellationToken cancellationToken)
    {
        const int Step = 1 << 16;
        var found = new List<long>();
        var ids = imageIds.ToHashSet();
        var hashes = ids.Select(RowEntry.HashImageId).ToHashSet();
        for (var first = 0L; first < visible.End && ids.Count > 0; first += Step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entries = Records.Entries(first, (int)Math.Min(Step, visible.End - first));
            for (var i = 0; i < entries.Length; i++)
                if (hashes.Contains(entries[i].ImageIdHash) && visible.Contains(first + i)
                    && ids.Contains(Records.ReadProvenance(first + i).ImageId))
                    found.Add(first + i);
        }
        return found;
    }
}
