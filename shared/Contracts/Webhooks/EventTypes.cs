namespace RdmCloud.Contracts.Webhooks;

public static class EventTypes
{
    public const string JobQueued = "job.queued";
    public const string JobStarted = "job.started";
    public const string JobRetrieved = "job.retrieved";
    public const string JobCompleted = "job.completed";
    public const string JobFailed = "job.failed";
    public const string JobCanceled = "job.canceled";
    public const string JobExpired = "job.expired";
    public const string DatabaseImported = "database.imported";
    public const string DatabaseImportFailed = "database.import_failed";
    public const string DatabaseImageDeleted = "database.image_deleted";
    public const string EndpointDisabled = "endpoint.disabled";
    public const string WebhookTest = "webhook.test";

    public static IReadOnlyList<string> All { get; } =
    [
        JobQueued, JobStarted, JobRetrieved, JobCompleted, JobFailed, JobCanceled, JobExpired,
        DatabaseImported, DatabaseImportFailed, DatabaseImageDeleted, EndpointDisabled, WebhookTest,
    ];
}
