namespace RdmCloud.VectorStore.Embedded;

/// <summary>The content of database.json.</summary>
sealed record DatabaseDescription(int FormatVersion, string Metric, DatabaseInfo Database);
