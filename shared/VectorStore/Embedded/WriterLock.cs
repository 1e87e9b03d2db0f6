namespace RdmCloud.VectorStore.Embedded;

static class WriterLock
{
    /// <summary>Held until it is disposed, or its process dies.</summary>
    /// <exception cref="DatabaseException">Another writer holds it.</exception>
    public static IDisposable Take(DatabaseFolder folder)
    {
        try
        {
            return new FileStream(folder.WriterLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new DatabaseException(
                $"Another writer is at work on '{folder.Path}'. Try again when it has finished.", exception);
        }
    }
}
