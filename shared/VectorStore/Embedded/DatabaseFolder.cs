using System.Text.Json;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>The files of an embedded database.</summary>
sealed record DatabaseFolder(string Path)
{
    const int FormatVersion = 1;
    const long MaxDescriptionBytes = 1 << 20;

    /// <summary>The description: JSON, written once.</summary>
    public string Description => File("database.json");

    /// <summary>How much of the other files counts: JSON, replaced at the end of each change.</summary>
    public string Commit => File("commit.json");

    /// <summary>Embeddings, each row padded with zeros to a multiple of 64 bytes.</summary>
    public string Vectors => File("vectors.bin");

    /// <summary>1 / |embedding| of each row as float32, 0 for the zero vector.</summary>
    public string InverseNorms => File("inverse-norms.bin");

    /// <summary>One <see cref="RowEntry"/> for each row.</summary>
    public string Rows => File("rows.bin");

    /// <summary>One <see cref="Provenance"/> for each row: JSON, one after the other.</summary>
    public string Records => File("records.bin");

    public string Thumbnails => File("thumbnails.bin");

    /// <summary>
    /// One <see cref="VersionEntry"/> for each version; missing from a database made before there were versions.
    /// </summary>
    public string Versions => File("versions.bin");

    /// <summary>One <see cref="RemovalEntry"/> for each row removed or purged; missing until there is one.</summary>
    public string Removals => File("removals.bin");

    /// <summary>Held open, and locked by the operating system, by the one writer.</summary>
    public string WriterLock => File("writer.lock");

    public IEnumerable<string> DataFiles => [Vectors, InverseNorms, Rows, Records, Thumbnails];

    public void WriteDescription(DatabaseInfo info)
    {
        var description = new DatabaseDescription(FormatVersion, "cosine", info);
        System.IO.File.WriteAllBytes(
            Description, JsonSerializer.SerializeToUtf8Bytes(description, DatabaseJson.Indented.DatabaseDescription));
    }

    public DatabaseInfo ReadDescription()
    {
        if (!System.IO.File.Exists(Description))
            throw new DatabaseException($"'{Path}' is not a database: it holds no database.json.");
        var description = DatabaseJson.Read(Description, MaxDescriptionBytes, DatabaseJson.Default.DatabaseDescription);
        if (description is not { FormatVersion: FormatVersion, Metric: "cosine", Database: not null })
            throw new DatabaseException(
                $"'{Description}' is of format {description.FormatVersion} with metric '{description.Metric}'; "
                + $"this program reads format {FormatVersion} with metric 'cosine'.");
        description.Database.Validate();
        return description.Database;
    }

    string File(string name) => System.IO.Path.Combine(Path, name);
}
