using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RdmCloud.VectorStore.Embedded;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DatabaseDescription))]
[JsonSerializable(typeof(Commit))]
[JsonSerializable(typeof(Provenance))]
sealed partial class DatabaseJson : JsonSerializerContext
{
    public static DatabaseJson Indented => new(new(Default.Options) { WriteIndented = true });

    /// <exception cref="DatabaseException">The file is too large or not this JSON.</exception>
    public static T Read<T>(string path, long maxBytes, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > maxBytes)
                throw new DatabaseException($"'{path}' has {stream.Length} bytes; it is no file of a database.");
            return JsonSerializer.Deserialize(stream, type) ?? throw new JsonException("the value null");
        }
        catch (JsonException exception)
        {
            throw new DatabaseException($"'{path}' is damaged: {exception.Message}", exception);
        }
    }
}
