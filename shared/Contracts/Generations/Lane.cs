using System.Text.Json.Serialization;

namespace RdmCloud.Contracts.Generations;

/// <summary>Two queues for sampling: someone is waiting, or nobody is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Lane>))]
public enum Lane
{
    [JsonStringEnumMemberName("interactive")] Interactive,
    [JsonStringEnumMemberName("bulk")] Bulk,
}
