using System.Text.Json;

namespace RdmCloud.Diffusion.Networks;

/// <summary>How networks' configurations stand in JSON: snake_case names, as in the original's YAML.</summary>
public static class NetworkJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,
    };
}
