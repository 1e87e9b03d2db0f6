namespace RdmCloud.ObjectStore.S3;

/// <summary>
/// An upload needs its length beforehand: of one without, the client holds parts of half a gigabyte in memory. So a stream that
/// cannot tell its length goes through a file first, and one that breaks off never becomes a request.
/// </summary>
static class Spool
{
    public static async Task<FileStream> FillAsync(Stream content, CancellationToken cancellationToken)
    {
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"rdm-{Guid.NewGuid():N}"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });
        try
        {
            await content.CopyToAsync(file, cancellationToken);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
