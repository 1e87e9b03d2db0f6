using RdmCloud.Diffusion.Models;
using RdmCloud.Diffusion.Networks;
using RdmCloud.Diffusion.Sampling;

namespace RdmCloud.Training.Rdm;

/// <summary>
/// The model directory that an RDM's training makes: the encoder and the autoencoder from the start, the network at the end.
/// </summary>
static class RdmModelFolder
{
    public const string NetworkFile = "network.safetensors", ConfigFile = "training.json";

    /// <exception cref="TrainingException">A part is missing, or the parts do not fit the network.</exception>
    public static ModelDirectory Begin(
        string folder, string encoderFolder, string autoencoderFolder, RdmTrainingConfig config, int pictureSize)
    {
        var (encoderFiles, encoder) = TrainedParts.Open(encoderFolder);
        var (autoencoderFiles, first) = TrainedParts.Open(autoencoderFolder);
        if (encoder is not { Image: { } image, Text: { } text })
            throw new TrainingException(
                $"{encoderFolder} has no encoder. Train one with 'rdm train clip', or name a model that has one.");
        if (first is not { Autoencoder: { } autoencoder })
            throw new TrainingException(
                $"{autoencoderFolder} has no autoencoder. "
                + "Train one with 'rdm train autoencoder', or name a model that has one.");
        var (network, conditioning) = (config.Network, config.Conditioning);
        if (network.ContextDim != image.Config.EmbedDim)
            throw new TrainingException(
                $"The network looks at embeddings of {network.ContextDim} values (context_dim); "
                + $"the encoder makes {image.Config.EmbedDim}.");
        if (network.InChannels != autoencoder.Config.EmbedDim || network.OutChannels != autoencoder.Config.EmbedDim)
            throw new TrainingException(
                $"The network takes latents of {network.InChannels} channels (in_channels, out_channels); "
                + $"the autoencoder makes {autoencoder.Config.EmbedDim}.");
        Directory.CreateDirectory(folder);
        foreach (var file in (IEnumerable<string>)[image.File, text.File, .. text.TokenizerFiles])
            Copy(encoderFiles, file, folder);
        Copy(autoencoderFiles, autoencoder.File, folder);
        return ModelDirectory.Create(folder, new()
        {
            Name = config.Name,
            Network = new() { File = NetworkFile, Sha256 = "", Config = network },
            Autoencoder = autoencoder,
            Image = image,
            Text = text,
            Schedule = new(conditioning.Timesteps, conditioning.LinearStart, conditioning.LinearEnd),
            Parameterization = conditioning.Parameterization,
            ScaleFactor = first.ScaleFactor ?? 1,
            Conditioning = new(Normalization.Unit, conditioning.EmbeddingScale),
            Defaults = config.Defaults with { Width = pictureSize, Height = pictureSize },
            License = config.License,
        });
    }

    /// <summary>Puts the trained network in.</summary>
    public static async Task<ModelDirectory> CompleteAsync(
        ModelDirectory model, string weights, RdmTrainingConfig config, CancellationToken cancellationToken)
    {
        Copy(Path.GetDirectoryName(weights)!, Path.GetFileName(weights), model.Path, NetworkFile);
        Training.ConfigFile.Write(Path.Combine(model.Path, ConfigFile), config);
        var hash = await ModelDirectory.HashAsync(model.FileOf(NetworkFile), cancellationToken);
        return ModelDirectory.Create(model.Path, model.Manifest with { Network = model.Manifest.Network with { Sha256 = hash } });
    }

    static void Copy(string from, string file, string to, string? name = null)
    {
        var target = Path.Combine(to, name ?? file);
        File.Copy(Path.Combine(from, file), target + ".partial", overwrite: true);
        File.Move(target + ".partial", target, overwrite: true);
    }
}
