using RdmCloud.Contracts.Databases;
using RdmCloud.ObjectStore;

namespace RdmCloud.Retrieval.Imports;

/// <summary>Where an import's objects lie.</summary>
static class ImportKeys
{
    public static string Uploads(IImportStep step) => $"tenants/{step.Tenant}/imports/{step.Import}/";

    public static string Rows(IImportStep step) => $"{ObjectKey.Transit}imports/{step.Import}/";

    public static string Batch(IImportStep step, int batch) => $"{Rows(step)}{batch}.json";
}
