using RdmCloud.Diffusion.Models;

namespace RdmCloud.Training;

/// <summary>
/// What a training leaves for the next one: parts of a model, described by the fields that <c>model.json</c> has, in a folder
/// with their files. A whole model is such a folder too.
/// </summary>
public sealed record TrainedParts
{
    const string ExportFolder = "export", FileName = "parts.json";

    public AutoencoderPart? Autoencoder { get; init; }

    public ImagePart? Image { get; init; }

    public TextPart? Text { get; init; }

    /// <summary>See <see cref="ModelManifest.ScaleFactor"/>.</summary>
    public double? ScaleFactor { get; init; }

    /// <summary>Where a training puts its parts.</summary>
    public static string ExportOf(string training) => Directory.CreateDirectory(Path.Combine(training, ExportFolder)).FullName;

    /// <summary>Describes the files that lie in a folder already.</summary>
    public void Write(string folder) => ConfigFile.Write(Path.Combine(folder, FileName), this);

    /// <summary>The parts in a training's folder or in a model's, and where their files are.</summary>
    /// <exception cref="TrainingException">There are none.</exception>
    public static (string Folder, TrainedParts Parts) Open(string folder)
    {
        if (File.Exists(Path.Combine(folder, ModelDirectory.ManifestName)))
        {
            var model = ModelDirectory.Open(folder).Manifest;
            return (folder, new()
            {
                Autoencoder = model.Autoencoder,
                Image = model.Image,
                Text = model.Text,
                ScaleFactor = model.ScaleFactor,
            });
        }
        var export = Path.Combine(folder, ExportFolder);
        return File.Exists(Path.Combine(export, FileName))
            ? (export, ConfigFile.Read<TrainedParts>(Path.Combine(export, FileName)))
            : throw new TrainingException($"{folder} is neither a model nor a finished training. Train there to the end first.");
    }
}
