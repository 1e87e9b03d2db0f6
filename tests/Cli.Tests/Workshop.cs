[assembly: AssemblyFixture(typeof(RdmCloud.Cli.Workshop))]

namespace RdmCloud.Cli;

/// <summary>
/// A tiny model, imported by the program from the fixtures, with a style of its own, made of colored shapes: shared by all tests.
/// </summary>
public sealed class Workshop : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rdm-cli-").FullName;
    readonly Lazy<Task<string>> model;

    public Workshop() => model = new(CreateAsync);

    /// <summary>The model's folder. A test whose fixtures are missing is skipped.</summary>
    public Task<string> ModelAsync()
    {
        (string, string)[] needed =
        [
            ("pipeline", "model.ckpt"),
            ("clip", "openai-naming.safetensors"),
            ("clip-tokenizer", "bpe_simple_vocab_16e6.txt.gz"),
        ];
        foreach (var (family, file) in needed)
            Fixtures.Find(family, file);
        return model.Value;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async Task<string> CreateAsync()
    {
        var clip = Directory.CreateDirectory(Path.Combine(folder, "clip")).FullName;
        File.Copy(Path.Combine(Fixtures.Find("clip"), "openai-naming.safetensors"), Path.Combine(clip, "model.safetensors"));
        var vocabulary = Path.Combine(
            Fixtures.Find("clip-tokenizer", "bpe_simple_vocab_16e6.txt.gz"), "bpe_simple_vocab_16e6.txt.gz");
        File.Copy(vocabulary, Path.Combine(clip, Path.GetFileName(vocabulary)));
        var (pipeline, made) = (Fixtures.Find("pipeline", "model.ckpt", "config.yaml"), Path.Combine(folder, "tiny-rdm"));
        var imported = await Rdm.RunAsync(
            folder, model: null, "models", "import", Path.Combine(pipeline, "model.ckpt"),
            "--config", Path.Combine(pipeline, "config.yaml"), "--clip", clip, "-o", made);
        imported.Succeeded();
        var pictures = Shapes.Write(Path.Combine(folder, "pictures"));
        foreach (var style in (string[])["shapes", "more"])
        {
            var database = Path.Combine(made, "databases", style);
            var run = await Rdm.RunAsync(
                folder, made, "databases", "import", pictures, "-o", database, "--title", "Colored shapes");
            run.Succeeded();
        }
        return made;
    }
}
