using System.Text.Json;
using RdmCloud.ServiceDefaults;

namespace RdmCloud.Gateway.Ledger;

/// <summary>JSON in the ledger's columns looks as it does in the API.</summary>
static class LedgerJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Defaults.Json(options);
        return options;
    }
}
