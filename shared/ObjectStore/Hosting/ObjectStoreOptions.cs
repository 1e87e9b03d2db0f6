using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using RdmCloud.ObjectStore.S3;

namespace RdmCloud.ObjectStore.Hosting;

/// <summary>Where objects are kept: in an S3 where that is configured, else in a folder.</summary>
public sealed class ObjectStoreOptions
{
    public const string Section = "ObjectStore";

    /// <summary>Relative to the current folder.</summary>
    [Required(ErrorMessage = "ObjectStore:Folder is empty: name the folder that holds the objects.")]
    public string Folder { get; set; } = "data/objects";

    /// <summary>Where browsers reach the server that hands out the folder's objects.</summary>
    [HttpUrl("ObjectStore:PublicUrl", AllowPath = true)]
    public Uri? PublicUrl { get; set; }

    [ValidateObjectMembers]
    public S3Options? S3 { get; set; }
}
