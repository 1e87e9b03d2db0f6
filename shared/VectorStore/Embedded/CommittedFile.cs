namespace RdmCloud.VectorStore.Embedded;

static class CommittedFile
{
    /// <summary>
    /// Opens a file for reading beside a writer; bytes after the committed length are none of the reader's business.
    /// </summary>
    /// <exception cref="DatabaseException">The file is missing or shorter than <paramref name="length"/>.</exception>
    public static FileStream OpenRead(string path, long length)
    {
        if (!File.Exists(path))
            throw new DatabaseException($"'{path}' is missing: the database is damaged. Import it again or restore a copy.");
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        if (stream.Length >= length)
            return stream;
        var actual = stream.Length;
        stream.Dispose();
        throw new DatabaseException($"'{path}' holds {actual} bytes of {length}: the database is damaged. "
            + "Import it again or restore a copy.");
    }
}
