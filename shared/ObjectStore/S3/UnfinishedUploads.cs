using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Xml;
using System.Xml.Linq;

namespace RdmCloud.ObjectStore.S3;

/// <summary>
/// Uploads in parts that were begun and not finished, which no listing of objects shows and which would stay forever. The client
/// asks for them in a way that not every store understands.
/// </summary>
sealed class UnfinishedUploads(HttpClient http, S3Options options, TimeProvider time)
{
    readonly S3Signer signer = new(options, time);

    /// <summary>Those whose keys start with the prefix, with their beginnings.</summary>
    public async IAsyncEnumerable<(string Key, string Id, DateTimeOffset Begun)> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (key, id) = ("", "");
        XElement page;
        do
        {
            page = await PageAsync(prefix, key, id, cancellationToken);
            foreach (var upload in page.Elements().Where(element => element.Name.LocalName == "Upload"))
                yield return (Value(upload, "Key"), Value(upload, "UploadId"),
                    DateTimeOffset.Parse(Value(upload, "Initiated"), CultureInfo.InvariantCulture));
            (key, id) = (Value(page, "NextKeyMarker"), Value(page, "NextUploadIdMarker"));
        }
        while (Value(page, "IsTruncated") == "true");
    }

    /// <summary>Another process may have been faster.</summary>
    public async Task RemoveAsync(string key, string id, CancellationToken cancellationToken)
    {
        var address = signer.Sign(HttpMethod.Delete, $"/{options.Bucket}/{ObjectKey.Check(key)}", ("uploadId", id));
        try
        {
            using var answer = await http.DeleteAsync(address, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.NotFound)
                answer.EnsureSuccessStatusCode();
        }
        catch (HttpRequestException exception)
        {
            throw new ObjectStoreException("the store does not remove an unfinished upload", exception);
        }
    }

    async Task<XElement> PageAsync(string prefix, string key, string id, CancellationToken cancellationToken)
    {
        var address = signer.Sign(HttpMethod.Get, $"/{options.Bucket}",
            ("uploads", ""), ("prefix", prefix), ("key-marker", key), ("upload-id-marker", id));
        try
        {
            return XElement.Parse(await http.GetStringAsync(address, cancellationToken));
        }
        catch (Exception exception) when (exception is XmlException or HttpRequestException)
        {
            throw new ObjectStoreException("the store does not list unfinished uploads", exception);
        }
    }

    static string Value(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";
}
