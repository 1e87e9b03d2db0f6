using System.Globalization;
using RdmCloud.Contracts.Databases;
using RdmCloud.Retrieval.Catalog;
using RdmCloud.Retrieval.Indexes;
using RdmCloud.VectorStore;

namespace RdmCloud.Retrieval.Images;

/// <summary>The images of the databases, as a tenant sees them.</summary>
sealed class ImageCatalog(DatabaseCatalog catalog, IndexShelf shelf)
{
    /// <summary>An image of many patches is listed once on a page. The cursor is the last row.</summary>
    public async Task<Page<DatabaseImage>?> ListAsync(
        string tenant, string database, long? version, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (await catalog.OpenAsync(tenant, database, cancellationToken) is not { } index)
            return null;
        if (version is { } wanted && (wanted < 0 || wanted > index.Version))
            return null;
        var after = long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : -1;
        var rows = await index.ListAsync(version, after, limit + 1, cancellationToken);
        var page = rows.Take(limit).ToList();
        var images = page.Select(listed => ImageOf(listed.Provenance)).DistinctBy(image => image.Id).ToList();
        return new(images, rows.Count > limit ? page[^1].Row.ToString(CultureInfo.InvariantCulture) : null);
    }

    public async Task<DatabaseImage?> FindAsync(
        string tenant, string database, string image, CancellationToken cancellationToken) =>
        await catalog.OpenAsync(tenant, database, cancellationToken) is { } index
        && await index.FindAsync(image, cancellationToken: cancellationToken) is [var first, ..]
            ? ImageOf(first.Provenance)
            : null;

    public async Task<Thumbnail?> FindThumbnailAsync(
        string tenant, string database, string image, CancellationToken cancellationToken)
    {
        if (await catalog.OpenAsync(tenant, database, cancellationToken) is not { } index
            || await index.FindAsync(image, cancellationToken: cancellationToken) is not [var first, ..])
            return null;
        var thumbnail = (await index.GetAsync(first.Row, cancellationToken)).Thumbnail;
        return thumbnail.Length == 0 ? null : new(thumbnail.ToArray(), thumbnail.Span[0] == 0xff ? "image/jpeg" : "image/png");
    }

    /// <returns>The database's version then; null where the tenant has no such image of its own.</returns>
    public async Task<long?> DeleteAsync(
        string tenant, string database, string image, bool purge, CancellationToken cancellationToken)
    {
        if (!await catalog.OwnsAsync(tenant, database, cancellationToken))
            return null;
        var removal = await shelf.ChangeAsync(database, index => purge
            ? index.PurgeAsync([image], cancellationToken)
            : index.RemoveAsync([image], cancellationToken), cancellationToken);
        return removal.Rows > 0 ? removal.Version : null;
    }

    static DatabaseImage ImageOf(Provenance known) => new(known.ImageId, known.Title, known.Author, known.License, known.Source);
}
