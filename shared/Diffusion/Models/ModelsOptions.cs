namespace RdmCloud.Diffusion.Models;

/// <summary>Section <c>Models</c>: the same for every service that needs models.</summary>
public sealed class ModelsOptions
{
    public const string Section = "Models";

    /// <summary>The folders of the models, each with a <c>model.json</c>. [default: models/preview-rdm]</summary>
    public IReadOnlyList<string> Folders { get; set; } = [];

    /// <summary>The models by name.</summary>
    /// <exception cref="ModelException">A folder holds none, or two hold models of the same name.</exception>
    public IReadOnlyDictionary<string, ModelDirectory> Open()
    {
        var models = new Dictionary<string, ModelDirectory>();
        // Each service of a process adds its own.
        foreach (var folder in Folders is [] ? ["models/preview-rdm"] : Folders.Distinct())
        {
            var model = ModelDirectory.Open(folder);
            if (!models.TryAdd(model.Manifest.Name, model))
                throw new ModelException(
                    $"{folder} and {models[model.Manifest.Name].Path} both hold a model named '{model.Manifest.Name}'.");
        }
        return models;
    }
}
