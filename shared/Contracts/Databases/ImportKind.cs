using System.Text.Json.Serialization;

namespace RdmCloud.Contracts.Databases;

[JsonConverter(typeof(JsonStringEnumConverter<ImportKind>))]
public enum ImportKind
{
    [JsonStringEnumMemberName("images")] Images,
    [JsonStringEnumMemberName("zip")] Zip,
    [JsonStringEnumMemberName("prefix")] Prefix,
    [JsonStringEnumMemberName("npz")] Npz,
}
