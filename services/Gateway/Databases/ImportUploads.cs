using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Models;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Models;
using RdmCloud.ObjectStore;

namespace RdmCloud.Gateway.Databases;

/// <summary>Takes the files of an import and streams them into the object store, never whole in memory.</summary>
public sealed class ImportUploads(IObjectStore objects, ModelCatalog models)
{
    const long MostBytes = 8L << 30;
    const int MostFiles = 10_000;

    /// <exception cref="ValidationException">There is nothing to import, or of a kind that cannot be.</exception>
    public async Task<ImportSource> TakeAsync(
        HttpRequest request, string tenant, string import, Database database, string? model, string? license, string? prefix,
        CancellationToken cancellationToken)
    {
        var clip = await ModelAsync(database, model, cancellationToken);
        if (prefix is not null)
            return new(ImportKind.Prefix, [Prefix(tenant, prefix)], clip.Name, license);
        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MostBytes;
        var folder = $"tenants/{tenant}/imports/{import}";
        if (request.ContentType is "application/zip" or "application/x-zip-compressed")
            return await TakeZipAsync(request.Body, $"{folder}/archive.zip", clip.Name, license, cancellationToken);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data"
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            throw new ValidationException(
                "Content-Type", "It must be multipart/form-data with files, or application/zip; or name a prefix.");
        var keys = await TakeFilesAsync(new(boundary, request.Body), folder, cancellationToken);
        return new(KindOf(keys), keys, clip.Name, license);
    }

    /// <summary>The model of that name, or any whose CLIP is the database's.</summary>
    async Task<ModelDescription> ModelAsync(Database database, string? name, CancellationToken cancellationToken)
    {
        var known = await models.ListAsync(cancellationToken);
        return known
            .FirstOrDefault(model => model.EmbeddingSpace == database.EmbeddingSpace && (name is null || model.Name == name))
            ?? throw new ValidationException("model", name is null
                ? $"No model with the database's CLIP, {database.EmbeddingSpace}, is at work."
                : $"There is no model '{name}' with the database's CLIP, {database.EmbeddingSpace}.");
    }

    /// <summary>A tenant reads below its own prefix alone.</summary>
    static string Prefix(string tenant, string prefix)
    {
        var own = $"tenants/{tenant}/files/";
        return $"{own}{prefix.TrimStart('/')}" is var key && !prefix.Split('/').Contains("..")
            ? key
            : throw new ValidationException("prefix", $"It is relative to {own} and cannot lead out of it.");
    }

    async Task<ImportSource> TakeZipAsync(
        Stream body, string key, string model, string? license, CancellationToken cancellationToken)
    {
        await objects.PutAsync(key, body, "application/zip", cancellationToken);
        return new(ImportKind.Zip, [key], model, license);
    }

    async Task<IReadOnlyList<string>> TakeFilesAsync(MultipartReader reader, string folder, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (section.AsFileSection() is not { } file)
                continue;
            if (keys.Count == MostFiles)
                throw new ValidationException("files", $"There are more than {MostFiles}. Send a zip archive instead.");
            var key = $"{folder}/{keys.Count:D5}-{SafeName(file.FileName)}";
            await objects.PutAsync(key, file.FileStream!, section.ContentType ?? "application/octet-stream", cancellationToken);
            keys.Add(key);
        }
        return keys.Count > 0 ? keys : throw new ValidationException("files", "There are no files in the form.");
    }

    static ImportKind KindOf(IReadOnlyList<string> keys) => Path.GetExtension(keys[0]) switch
    {
        ".zip" when keys.Count == 1 => ImportKind.Zip,
        ".npz" => ImportKind.Npz,
        _ => ImportKind.Images,
    };

    static string SafeName(string name)
    {
        var file = Path.GetFileName(name.Replace('\\', '/'));
        var safe = string.Concat(file.Select(letter =>
            char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_'));
        return safe.Trim('.') is { Length: > 0 } kept ? kept[^Math.Min(kept.Length, 100)..] : "file";
    }
}
