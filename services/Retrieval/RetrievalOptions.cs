using System.ComponentModel.DataAnnotations;

namespace RdmCloud.Retrieval;

/// <summary>Section <c>Retrieval</c>.</summary>
public sealed class RetrievalOptions
{
    public const string Section = "Retrieval";

    /// <summary>Where the tenants' databases lie, one folder each. [default: data/databases]</summary>
    [Required]
    public string Folder { get; set; } = Path.Combine("data", "databases");

    /// <summary>Folders of databases that come with the installation: everyone may search them, nobody may change them.</summary>
    public IReadOnlyList<string> PublicFolders { get; set; } = [];

    /// <summary>Jobs whose neighbors are looked up at once. [default: 8]</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 8;
}
