using System.Text.Json.Serialization;

namespace RdmCloud.Contracts.Generations;

[JsonConverter(typeof(JsonStringEnumConverter<SamplerKind>))]
public enum SamplerKind
{
    [JsonStringEnumMemberName("ddim")] Ddim,
    [JsonStringEnumMemberName("plms")] Plms,
    [JsonStringEnumMemberName("dpm++2m")] DpmSolver,
}
