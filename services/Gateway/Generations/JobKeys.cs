namespace RdmCloud.Gateway.Generations;

/// <summary>Where a job's objects lie.</summary>
static class JobKeys
{
    /// <summary>The picture that is the job's query; it is deleted with the results.</summary>
    public static string Query(string tenant, string job) => $"tenants/{tenant}/jobs/{job}/query";
}
