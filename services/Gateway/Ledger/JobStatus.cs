using System.Text.Json.Serialization;

namespace RdmCloud.Gateway.Ledger;

[JsonConverter(typeof(JsonStringEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>Accepted; it waits for its turn.</summary>
    [JsonStringEnumMemberName("queued")] Queued,

    /// <summary>On its way through the chain.</summary>
    [JsonStringEnumMemberName("processing")] Processing,

    [JsonStringEnumMemberName("completed")] Completed,

    [JsonStringEnumMemberName("failed")] Failed,

    [JsonStringEnumMemberName("canceled")] Canceled,

    /// <summary>Its deadline passed first.</summary>
    [JsonStringEnumMemberName("expired")] Expired,
}
