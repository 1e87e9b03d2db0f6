using System.Text.Json;
using System.Text.Json.Serialization;
using RdmCloud.Diffusion.Networks;

namespace RdmCloud.Diffusion.Models;

/// <summary>How <c>model.json</c> is written.</summary>
public static class ModelJson
{
    public static readonly JsonSerializerOptions Options = new(NetworkJson.Options)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };
}
