using RdmCloud.Diffusion.Models;

namespace RdmCloud.Cli.Databases;

/// <summary>Tells what kind of source a path is.</summary>
static class RowSources
{
    /// <param name="name">Put before the image numbers of the original's parts.</param>
    public static IRowSource Open(string path, string name, RdmModel model, string? license, Action<string, string> bad)
    {
        var isFolder = Directory.Exists(path);
        if (isFolder ? Directory.EnumerateFiles(path, "*.npz").Any() : HasExtension(".npz"))
            return new NpzRows(path, name, model.Directory.Manifest.Network.Config.ContextDim);
        return new PictureRows(
            isFolder ? new FolderFiles(path) : new ZipFiles(path), model, license, (file, why) => bad($"{path}: {file}", why));

        bool HasExtension(string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
    }
}
