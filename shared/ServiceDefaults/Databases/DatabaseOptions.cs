using System.ComponentModel.DataAnnotations;

namespace RdmCloud.ServiceDefaults.Databases;

/// <summary>Section <c>Database</c>: where a service keeps its tables.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>Npgsql's connection string. Without one each service has an SQLite file.</summary>
    public string? PostgreSql { get; set; }

    /// <summary>The folder of the SQLite files. [default: data]</summary>
    [Required]
    public string Folder { get; set; } = "data";
}
