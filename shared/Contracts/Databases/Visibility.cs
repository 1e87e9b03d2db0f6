using System.Text.Json.Serialization;

namespace RdmCloud.Contracts.Databases;

[JsonConverter(typeof(JsonStringEnumConverter<Visibility>))]
public enum Visibility
{
    /// <summary>For its tenant alone.</summary>
    [JsonStringEnumMemberName("private")] Private,

    /// <summary>Every tenant may search it; its owner alone may change it.</summary>
    [JsonStringEnumMemberName("public")] Public,
}
