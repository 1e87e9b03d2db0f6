namespace RdmCloud.VectorStore.CompVis;

/// <summary>
/// A retrieval database of the original implementation: .npz files with the arrays embedding [N, D], img_id [N] and
/// patch_coords [N, 4] (x0, y0, x1, y1), one after the other in natural order of their names. Other arrays are passed over.
/// </summary>
public sealed class CompVisDatabase
{
    readonly IReadOnlyList<string> paths;
    readonly string name;

    CompVisDatabase(IReadOnlyList<string> paths, string name)
    {
        this.paths = paths;
        this.name = name;
        ElementType = ElementType.Float16;
        foreach (var path in paths)
        {
            using var part = new NpzPart(path);
            Dimension = Dimension == 0 || Dimension == part.Dimension ? part.Dimension : throw new DatabaseException(
                $"'{path}' holds embeddings of {part.Dimension} values, the parts before it of {Dimension}. Import them apart.");
            Count += part.Rows;
            if (part.ElementType != ElementType.Float16)
                ElementType = part.ElementType;
        }
    }

    public int Dimension { get; }

    public long Count { get; }

    /// <summary>The smallest type that holds every part; float64 is rounded to float32.</summary>
    public ElementType ElementType { get; }

    /// <summary>Reads the headers of one .npz file, or of all those in a folder.</summary>
    /// <param name="name">
    /// Put before each image's number, as in "name/17": the original numbers the images of every database from 0.
    /// </param>
    /// <exception cref="DatabaseException">There is no such file, or one is not of this layout.</exception>
    public static CompVisDatabase Open(string path, string name)
    {
        try
        {
            string[] files = Directory.Exists(path)
                ? [.. Directory.GetFiles(path, "*.npz").Order(NaturalOrder.Comparer)]
                : [path];
            if (files.Length == 0)
                throw new DatabaseException($"'{path}' holds no .npz file.");
            return new(files, name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>All rows, streamed: memory holds a few at a time.</summary>
    /// <exception cref="DatabaseException">A file is damaged.</exception>
    public IAsyncEnumerable<DatabaseRow> ReadAsync() => Read().ToAsyncEnumerable();

    IEnumerable<DatabaseRow> Read()
    {
        foreach (var path in paths)
        {
            using var part = new NpzPart(path);
            while (part.Read(name) is { } row)
                yield return row;
        }
    }
}
