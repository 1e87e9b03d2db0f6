using System.Text.Json.Serialization;

namespace RdmCloud.Contracts.Stages;

[JsonConverter(typeof(JsonStringEnumConverter<Stage>))]
public enum Stage
{
    [JsonStringEnumMemberName("embedding")] Embedding,
    [JsonStringEnumMemberName("retrieval")] Retrieval,
    [JsonStringEnumMemberName("sampling")] Sampling,
    [JsonStringEnumMemberName("storage")] Storage,
}
