using System.IO.Compression;
using System.Text;

namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>Reads a text file that came with a model, compressed or not, and no more of it than a tokenizer file has.</summary>
static class TokenizerFile
{
    const int MostBytes = 32 << 20; // the published files have 3 MB at most

    public static string Read(string path)
    {
        using var file = File.OpenRead(path);
        using var source = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress)
            : (Stream)file;
        var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = source.Read(buffer)) > 0; content.Write(buffer, 0, read))
            if (content.Length > MostBytes)
                throw new InvalidDataException($"{path} holds over {MostBytes >> 20} MB, which no tokenizer file does");
        return Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length);
    }
}
