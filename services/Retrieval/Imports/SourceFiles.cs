using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.Images;
using RdmCloud.ObjectStore;

namespace RdmCloud.Retrieval.Imports;

/// <summary>What an import's source holds.</summary>
sealed class SourceFiles(IObjectStore objects)
{
    /// <returns>The files, and what is known of them by their names.</returns>
    /// <exception cref="RefusedException">The source cannot be read.</exception>
    public async Task<(IReadOnlyList<SourceFile> Files, IReadOnlyDictionary<string, PictureMetadata> Metadata)> ListAsync(
        ImportSource source, CancellationToken cancellationToken)
    {
        try
        {
            return source.Kind == ImportKind.Zip
                ? await ListZipAsync(source.Keys[0], cancellationToken)
                : await ListObjectsAsync(source, cancellationToken);
        }
        catch (ImageException exception)
        {
            throw new RefusedException($"The source cannot be read: {exception.Message}", inner: exception);
        }
    }

    async Task<(IReadOnlyList<SourceFile>, IReadOnlyDictionary<string, PictureMetadata>)> ListZipAsync(
        string key, CancellationToken cancellationToken)
    {
        await using var stored = await OpenAsync(key, cancellationToken);
        using var archive = await PictureArchive.CopyAsync(stored.Content, cancellationToken);
        var metadata = PictureMetadata.Read(archive.Names, name => new MemoryStream(archive.Read(name)));
        return ([.. archive.Names.Select(name => new SourceFile(name, key, name))], metadata);
    }

    async Task<(IReadOnlyList<SourceFile>, IReadOnlyDictionary<string, PictureMetadata>)> ListObjectsAsync(
        ImportSource source, CancellationToken cancellationToken)
    {
        var files = source.Kind == ImportKind.Prefix
            ? await objects.ListAsync(source.Keys[0], cancellationToken)
                .Select(found => new SourceFile(found.Key[source.Keys[0].Length..].TrimStart('/'), found.Key))
                .ToListAsync(cancellationToken)
            : [.. source.Keys.Select(key => new SourceFile(UploadedName(key), key))];
        var place = files.Where(file => PictureMetadata.IsMetadata(file.Name)).MinBy(file => file.Name.Length);
        if (place is null)
            return (files, new Dictionary<string, PictureMetadata>());
        await using var stored = await OpenAsync(place.Key, cancellationToken);
        return (files, PictureMetadata.Read([place.Name], _ => stored.Content));
    }

    async Task<StoredObject> OpenAsync(string key, CancellationToken cancellationToken) =>
        await objects.OpenAsync(key, cancellationToken)
            ?? throw new RefusedException("The uploaded file is not there any more. Upload it again.");

    /// <summary>The gateway puts a number and a hyphen before each name, so that no two uploads have one key.</summary>
    static string UploadedName(string key) =>
        key[(key.LastIndexOf('/') + 1)..] is var file && file.IndexOf('-') is var end and >= 0
            ? file[(end + 1)..]
            : file;
}
