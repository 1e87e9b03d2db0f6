namespace RdmCloud.Contracts.Databases;

/// <summary>A message about a part of an import.</summary>
public interface IImportStep
{
    string Tenant { get; }

    string Database { get; }

    string Import { get; }
}
