using System.Security.Cryptography;
using System.Text.Json;

namespace RdmCloud.Diffusion.Models;

/// <summary>A folder with <c>model.json</c>, one safetensors file for each part, and the tokenizer's files.</summary>
public sealed class ModelDirectory
{
    public const string ManifestName = "model.json";
    const int MaxManifestBytes = 1 << 20;

    ModelDirectory(string path, ModelManifest manifest, string hash) => (Path, Manifest, Hash) = (path, manifest, hash);

    public string Path { get; }

    public ModelManifest Manifest { get; }

    /// <summary>SHA-256 of <c>model.json</c>, and through the parts' own hashes in it, of the whole model.</summary>
    public string Hash { get; }

    /// <summary>The names of the model's own databases.</summary>
    public IReadOnlyList<string> Databases => !Directory.Exists(DatabasesPath) ? [] : [.. Directory.GetDirectories(DatabasesPath)
        .Where(database => File.Exists(System.IO.Path.Combine(database, "database.json")))
        .Select(database => System.IO.Path.GetFileName(database))
        .Order(StringComparer.Ordinal)];

    /// <summary>The one that is used where nobody names any; null where the model has none.</summary>
    public string? DefaultDatabase =>
        Manifest.Defaults.Style is { } style && Databases.Contains(style) ? style : Databases.FirstOrDefault();

    /// <exception cref="ModelException">There is no model, or <c>model.json</c> is damaged or of a later format.</exception>
    public static ModelDirectory Open(string path)
    {
        var file = System.IO.Path.Combine(path, ManifestName);
        if (!File.Exists(file))
            throw new ModelException(
                $"{path} is not a model directory: there is no {ManifestName}. Make one with 'rdm models import'.");
        if (new FileInfo(file).Length > MaxManifestBytes)
            throw new ModelException($"{file} is larger than any model description.");
        var bytes = File.ReadAllBytes(file);
        try
        {
            var manifest = JsonSerializer.Deserialize<ModelManifest>(bytes, ModelJson.Options)
                ?? throw new JsonException("it is empty");
            if (manifest.Format != ModelManifest.CurrentFormat)
                throw new ModelException(
                    $"{file} has format {manifest.Format}; this program reads format {ModelManifest.CurrentFormat}.");
            return new(path, manifest, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (JsonException exception)
        {
            throw new ModelException($"{file} is not a model description: {exception.Message}", exception);
        }
    }

    /// <summary>Writes <c>model.json</c> last, so that a folder with one is complete.</summary>
    public static ModelDirectory Create(string path, ModelManifest manifest)
    {
        var file = System.IO.Path.Combine(path, ManifestName);
        File.WriteAllText(file + ".partial", JsonSerializer.Serialize(manifest, ModelJson.Options) + "\n");
        File.Move(file + ".partial", file, overwrite: true);
        return Open(path);
    }

    /// <summary>The path of a file that the description names: always one directly in this folder.</summary>
    /// <exception cref="ModelException">The name leads elsewhere, or the file is missing.</exception>
    public string FileOf(string name)
    {
        if (name.Length == 0 || name != System.IO.Path.GetFileName(name) || name is "." or "..")
            throw new ModelException($"{Path}: '{name}' is not the name of a file in the model's own folder.");
        var file = System.IO.Path.Combine(Path, name);
        return File.Exists(file) ? file : throw new ModelException($"{file} is missing: the model is not complete.");
    }

    /// <summary>Reads every part and compares it with its hash.</summary>
    /// <exception cref="ModelException">A part is not the file it was.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        ModelPart?[] parts = [Manifest.Network, Manifest.Autoencoder, Manifest.Text, Manifest.Image];
        foreach (var part in parts.OfType<ModelPart>())
            if (await HashAsync(FileOf(part.File), cancellationToken) != part.Sha256)
                throw new ModelException(
                    $"{part.File} is damaged or was replaced: its SHA-256 is not the one in {ManifestName}. "
                    + "Import the model again.");
    }

    public static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>The folder of one of the model's own databases.</summary>
    public string DatabasePath(string name) => System.IO.Path.Combine(DatabasesPath, name);

    string DatabasesPath => System.IO.Path.Combine(Path, "databases");
}
