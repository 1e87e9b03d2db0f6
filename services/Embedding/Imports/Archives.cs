using Microsoft.Extensions.Options;
using RdmCloud.Contracts;
using RdmCloud.Images;
using RdmCloud.ObjectStore;

namespace RdmCloud.Embedding.Imports;

/// <summary>
/// The zip archives that imports read from. Each is copied once and kept for the batches that follow, until the space is needed
/// for another or nothing has been read for a while.
/// </summary>
sealed class Archives : IDisposable
{
    static readonly TimeSpan idle = TimeSpan.FromMinutes(10);

    readonly IObjectStore objects;
    readonly long mostBytes;
    readonly List<ArchiveCopy> copies = []; // the longest unused first
    readonly SemaphoreSlim turn = new(1);
    readonly ITimer timer;

    public Archives(IObjectStore objects, IOptions<EmbeddingOptions> options, TimeProvider time)
    {
        (this.objects, mostBytes) = (objects, options.Value.ArchiveBytes);
        timer = time.CreateTimer(_ => LetGo(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <exception cref="RefusedException">The archive cannot be used.</exception>
    /// <exception cref="ImageException">This entry cannot.</exception>
    public async Task<byte[]> ReadAsync(string key, string entry, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var copy = copies.Find(copy => copy.Key == key) ?? await CopyAsync(key, cancellationToken);
            copies.Remove(copy);
            copies.Add(copy);
            return copy.Archive.Read(entry);
        }
        finally
        {
            timer.Change(idle, Timeout.InfiniteTimeSpan);
            turn.Release();
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        LetGo();
        turn.Dispose();
    }

    async Task<ArchiveCopy> CopyAsync(string key, CancellationToken cancellationToken)
    {
        await using var stored = await objects.OpenAsync(key, cancellationToken)
            ?? throw new RefusedException("The zip archive is not there any more. Upload it again.");
        if (stored.Length > mostBytes)
            throw new RefusedException(
                $"The zip archive has {stored.Length:N0} bytes; {mostBytes:N0} is the most. Cut it in parts.");
        while (copies.Sum(copy => copy.Bytes) + stored.Length > mostBytes)
        {
            copies[0].Dispose();
            copies.RemoveAt(0);
        }
        try
        {
            return new(key, stored.Length, await PictureArchive.CopyAsync(stored.Content, cancellationToken));
        }
        catch (ImageException exception)
        {
            throw new RefusedException($"The file is {exception.Message}", inner: exception);
        }
    }

    void LetGo()
    {
        if (!turn.Wait(0))
            return; // something is being read, which winds the timer up again
        copies.ForEach(copy => copy.Dispose());
        copies.Clear();
        turn.Release();
    }
}
