using RdmCloud.Contracts;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.Storage.Results;

/// <summary>Where a job's results lie: functions of the job, so that storing them twice is storing them once.</summary>
static class ResultKeys
{
    public static string Folder(string tenant, string job) => $"tenants/{tenant}/jobs/{job}/";

    public static string Picture(JobReference job, TransitPicture picture) =>
        $"{Folder(job.Tenant, job.Job)}{picture.Picture}{Path.GetExtension(picture.Key)}";

    public static string Thumbnail(JobReference job, TransitPicture picture) =>
        $"{Folder(job.Tenant, job.Job)}{picture.Picture}-thumbnail.png";

    public static string Manifest(JobReference job) => $"{Folder(job.Tenant, job.Job)}manifest.json";
}
