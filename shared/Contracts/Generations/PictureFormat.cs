using System.Text.Json.Serialization;

namespace RdmCloud.Contracts.Generations;

[JsonConverter(typeof(JsonStringEnumConverter<PictureFormat>))]
public enum PictureFormat
{
    [JsonStringEnumMemberName("png")] Png,
    [JsonStringEnumMemberName("webp")] WebP,
    [JsonStringEnumMemberName("jpeg")] Jpeg,
}
