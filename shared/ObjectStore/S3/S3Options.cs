using System.ComponentModel.DataAnnotations;
using RdmCloud.ObjectStore.Hosting;

namespace RdmCloud.ObjectStore.S3;

/// <summary>An S3-compatible store. Buckets are addressed by path, except at Amazon.</summary>
public sealed class S3Options
{
    /// <summary>Where the services reach it. Its scheme says whether TLS is spoken.</summary>
    [Required(ErrorMessage = "ObjectStore:S3:Endpoint is not set: the address of the S3 service, such as http://localhost:9000.")]
    [HttpUrl("ObjectStore:S3:Endpoint")]
    public Uri Endpoint { get; set; } = null!;

    /// <summary>Where browsers reach it, which links are signed for; the endpoint itself unless set.</summary>
    [HttpUrl("ObjectStore:S3:PublicEndpoint")]
    public Uri? PublicEndpoint { get; set; }

    [Required(ErrorMessage = "ObjectStore:S3:AccessKey is not set.")]
    public string AccessKey { get; set; } = "";

    [Required(ErrorMessage = "ObjectStore:S3:SecretKey is not set.")]
    public string SecretKey { get; set; } = "";

    [Required(ErrorMessage = "ObjectStore:S3:Region is empty: most stores other than Amazon's take us-east-1.")]
    public string Region { get; set; } = "us-east-1";

    [RegularExpression("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]",
        ErrorMessage = "ObjectStore:S3:Bucket must be 3 to 63 lower-case letters, digits and inner hyphens.")]
    public string Bucket { get; set; } = "rdm";

    /// <summary>Whether to create the bucket at start where there is none.</summary>
    public bool CreateBucket { get; set; }
}
