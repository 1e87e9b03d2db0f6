using RdmCloud.Contracts;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.Storage.Results;

/// <summary>
/// Where a job's results lie: functions of the job and of what they hold. A job that was drawn twice, by two processes that know
/// nothing of each other, differs by rounding; neither drawing ever takes the other's place.
/// </summary>
static class ResultKeys
{
    const int HashLength = 16;

    public static string Picture(JobReference job, TransitPicture picture, string hash) =>
        $"{Named(job, picture, hash)}{Path.GetExtension(picture.Key)}";

    public static string Thumbnail(JobReference job, TransitPicture picture, string hash) =>
        $"{Named(job, picture, hash)}-thumbnail.png";

    public static string Manifest(JobReference job, string hash) => $"{ResultFolder.Manifests(job)}{hash[..HashLength]}.json";

    static string Named(JobReference job, TransitPicture picture, string hash) =>
        $"{ResultFolder.Of(job.Tenant, job.Job)}{picture.Picture}-{hash[..HashLength]}";
}
