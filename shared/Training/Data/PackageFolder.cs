using System.Text.Json;

namespace RdmCloud.Training.Data;

/// <summary>The folder that npm installs packages into (<c>node_modules</c>, or the folder that holds it).</summary>
public sealed class PackageFolder(string folder)
{
    readonly string _modules =
        Directory.Exists(Path.Combine(folder, "node_modules")) ? Path.Combine(folder, "node_modules") : folder;

    /// <summary>The path of a file or folder in a package.</summary>
    /// <exception cref="DatasetException">The package or the file is not there.</exception>
    public string PathOf(string package, string file)
    {
        var path = Path.Combine(_modules, package, file);
        if (File.Exists(path) || Directory.Exists(path))
            return path;

        throw new DatasetException(Directory.Exists(Path.Combine(_modules, package))
            ? $"The package {package} in {_modules} has no {file}. Install the version that models/NOTICE.md names."
            : $"The npm package {package} is not in {_modules}. Install it there with: npm install --ignore-scripts {package}");
    }

    /// <summary>The installed version of a package.</summary>
    /// <exception cref="DatasetException">The package is missing or damaged.</exception>
    public string VersionOf(string package) =>
        Read(package, "package.json", description => description.GetProperty("version").GetString()!);

    /// <summary>Reads a JSON file of a package.</summary>
    /// <param name="package">The package's name with its scope.</param>
    /// <param name="file">The file's path in the package.</param>
    /// <param name="read">Takes everything that is needed out of the document, which is closed afterwards.</param>
    /// <exception cref="DatasetException">The file is missing, is not JSON, or does not hold what is expected.</exception>
    public T Read<T>(string package, string file, Func<JsonElement, T> read)
    {
        var path = PathOf(package, file);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or InvalidDataException or ArgumentException)
        {
            throw new DatasetException(
                $"{path} is damaged or of another version: {error.Message} "
                + $"Install {package} in the version that models/NOTICE.md names.",
                error);
        }
    }
}
