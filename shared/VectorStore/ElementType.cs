using System.Text.Json.Serialization;

namespace RdmCloud.VectorStore;

/// <summary>How an embedding's values are stored.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ElementType>))]
public enum ElementType
{
    [JsonStringEnumMemberName("float16")] Float16,
    [JsonStringEnumMemberName("float32")] Float32,
}
