using RdmCloud.Diffusion.Models;

namespace RdmCloud.Cli.Hosting;

/// <summary>
/// Finds the model: the folder given, else that of RDM_MODEL, else the first by name of models/*-rdm, in the current folder or
/// the nearest one above, then in the program's own folder or the nearest one above.
/// </summary>
static class ModelLocation
{
    const string Variable = "RDM_MODEL";

    /// <exception cref="UsageException">There is none.</exception>
    public static ModelDirectory Open(string? given)
    {
        if (given is not null)
            return ModelDirectory.Open(given);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            return Directory.Exists(chosen)
                ? ModelDirectory.Open(chosen)
                : throw new UsageException($"{Variable}: there is no folder '{chosen}'.");
        var found = Above(Environment.CurrentDirectory).Concat(Above(AppContext.BaseDirectory))
            .SelectMany(ModelsIn).FirstOrDefault();
        return ModelDirectory.Open(found ?? throw new UsageException(
            "There is no models/*-rdm in this folder or above. "
            + $"Name the model's folder with --model or in {Variable}."));
    }

    static IEnumerable<string> Above(string folder)
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
            yield return Path.Combine(place.FullName, "models");
    }

    static IEnumerable<string> ModelsIn(string folder) => !Directory.Exists(folder) ? [] : Directory
        .GetDirectories(folder, "*-rdm")
        .Where(model => File.Exists(Path.Combine(model, ModelDirectory.ManifestName)))
        .Order(StringComparer.Ordinal);
}
