using System.Text.Json;

namespace RdmCloud.Training.Data;

/// <summary>The folder that npm installs packages into (<c>node_modules</c>, or the folder that holds it).</summary>
public sealed class PackageFolder(string folder)
{
    private readonly string _modules =
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
    /// <exception cref="DatasetException">The package is not there.</exception>
    public string VersionOf(string package)
    {
        using var description = ReadJson(package, "package.json");
        return description.RootElement.GetProperty("version").GetString()!;
    }

    /// <summary>Reads a JSON file of a package.</summary>
    /// <exception cref="DatasetException">The file is not there or is not JSON.</exception>
    public JsonDocument ReadJson(string package, string file)
    {
        var path = PathOf(package, file);
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException error)
        {
            throw new DatasetException($"{path} is not valid JSON ({error.Message}). Install {package} again.", error);
        }
    }
}
