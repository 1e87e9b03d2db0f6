using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Uploads;
using RdmCloud.ObjectStore;

namespace RdmCloud.Gateway.Generations;

/// <summary>The pictures that are queries: uploads, or data URLs in the request itself.</summary>
public sealed class QueryImages(IObjectStore objects, UploadStore uploads)
{
    const int MaxDataUrl = 8 << 20;
    const string Prefix = "data:image/";

    /// <summary>Puts the picture under a key of its own.</summary>
    /// <exception cref="ValidationException">There is no such upload, or the data URL is none of a picture.</exception>
    public async Task<string> KeepAsync(string image, Caller caller, string key, CancellationToken cancellationToken)
    {
        if (image.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            var (contentType, bytes) = Parse(image);
            using var content = new MemoryStream(bytes);
            await objects.PutAsync(key, content, contentType, cancellationToken);
            return key;
        }
        var upload = await uploads.FindAsync(caller.Tenant, image, cancellationToken)
            ?? throw new ValidationException("image", "There is no such upload. Give an upload's id, or a data URL.");
        await objects.CopyAsync(upload.Key, key, cancellationToken);
        return key;
    }

    static (string ContentType, byte[] Bytes) Parse(string url)
    {
        var comma = url.IndexOf(',');
        if (!url.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || comma < 0
            || !url[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            throw new ValidationException("image", "It must be data:image/…;base64,… with a PNG, JPEG or WebP picture.");
        if (url.Length > MaxDataUrl)
            throw new ValidationException(
                "image", $"It is larger than {MaxDataUrl >> 20} MB. Upload it with POST /v1/uploads instead.");
        try
        {
            return (url["data:".Length..url.IndexOf(';')], Convert.FromBase64String(url[(comma + 1)..]));
        }
        catch (FormatException)
        {
            throw new ValidationException("image", "Its base64 is damaged.");
        }
    }
}
