using RdmCloud.Contracts.Webhooks;

namespace RdmCloud.Gateway.Ledger;

public static class JobEventTypes
{
    public const string Queued = "queued";
    public const string Embedded = "embedded";
    public const string Retrieved = "retrieved";
    public const string Started = "started";
    public const string Progress = "progress";
    public const string Preview = "preview";
    public const string Retrying = "retrying";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Canceled = "canceled";
    public const string Expired = "expired";

    public static bool IsFinal(string type) => type is Completed or Failed or Canceled or Expired;

    /// <summary>The type under which webhooks are told of it; null where they are not.</summary>
    public static string? ForWebhooks(string type) => type switch
    {
        Queued => EventTypes.JobQueued,
        Started => EventTypes.JobStarted,
        Retrieved => EventTypes.JobRetrieved,
        Completed => EventTypes.JobCompleted,
        Failed => EventTypes.JobFailed,
        Canceled => EventTypes.JobCanceled,
        Expired => EventTypes.JobExpired,
        _ => null,
    };
}
