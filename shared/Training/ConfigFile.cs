using System.Text.Json;
using System.Text.Json.Serialization;
using RdmCloud.Diffusion.Models;

namespace RdmCloud.Training;

/// <summary>The configuration of a training: JSON with the names that model.json has, copied beside what it makes.</summary>
public static class ConfigFile
{
    /// <summary>The copy's name in the training's folder.</summary>
    public const string FileName = "config.json";

    static readonly JsonSerializerOptions Options = new(ModelJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>
    /// The configuration of a training in a folder: the one it was begun with, or a new one, which is copied there.
    /// </summary>
    /// <param name="given">The file that a caller names; needed at the first start only.</param>
    /// <exception cref="TrainingException">There is none, it is damaged, or the training was begun with another.</exception>
    public static T Take<T>(string? given, string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            var config = Read<T>(given
                ?? throw new TrainingException($"{folder} holds no training yet. Name its configuration with --config."));
            Directory.CreateDirectory(folder);
            Write(path, config);
            return config;
        }
        var begun = Read<T>(path);
        if (given is not null && Text(Read<T>(given)) != Text(begun))
            throw new TrainingException(
                $"The training in {folder} was begun with another configuration than {given}. "
                + "Leave --config out to go on with it, or choose another folder.");
        return begun;
    }

    /// <exception cref="TrainingException">The file is missing or not a configuration of this kind.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Options) ?? throw new JsonException("it is empty");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path} is not a configuration of this training: {error.Message}");
        }
    }

    /// <summary>Writes a file that appears when it is complete.</summary>
    public static void Write<T>(string path, T config)
    {
        File.WriteAllText(path + ".partial", Text(config) + "\n");
        File.Move(path + ".partial", path, overwrite: true);
    }

    static string Text<T>(T config) => JsonSerializer.Serialize(config, Options);
}
