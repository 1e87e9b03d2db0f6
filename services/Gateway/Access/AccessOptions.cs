using System.ComponentModel.DataAnnotations;

namespace RdmCloud.Gateway.Access;

/// <summary>Section <c>Access</c>.</summary>
public sealed class AccessOptions
{
    public const string Section = "Access";

    /// <summary>The operator's key: it makes tenants and their first keys. At least 24 characters.</summary>
    [MinLength(24)]
    public string? AdminKey { get; set; }

    /// <summary>Whether who comes over loopback needs no key and is the tenant <c>local</c>. [default: false]</summary>
    public bool Anonymous { get; set; }
}
