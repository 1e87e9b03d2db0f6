namespace RdmCloud.Contracts.Stages;

/// <summary>Where the results of a job stay in the object store. A job that has a manifest there is drawn and stored.</summary>
public static class ResultFolder
{
    public static string Of(string tenant, string job) => $"tenants/{tenant}/jobs/{job}/";

    /// <summary>What the keys of a job's manifests start with.</summary>
    public static string Manifests(JobReference job) => $"{Of(job.Tenant, job.Job)}manifest-";
}
