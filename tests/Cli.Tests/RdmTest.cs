using System.Text.Json.Nodes;

namespace RdmCloud.Cli;

/// <summary>A test in a folder of its own.</summary>
public abstract class RdmTest(Workshop workshop) : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("rdm-cli-test-").FullName;

    protected string this[string name] => Path.Combine(Folder, name);

    protected Task<string> ModelAsync() => workshop.ModelAsync();

    protected async Task<RdmRun> RunAsync(params IEnumerable<string> arguments) =>
        await Rdm.RunAsync(Folder, await ModelAsync(), arguments);

    /// <summary>A run that draws in few steps.</summary>
    protected Task<RdmRun> GenerateAsync(params IEnumerable<string> arguments) =>
        RunAsync(["generate", "--steps", "3", .. arguments]);

    protected async Task<JsonNode> GenerateJsonAsync(params IEnumerable<string> arguments) =>
        JsonNode.Parse((await GenerateAsync([.. arguments, "--json"])).Succeeded())!;

    protected static string[] Ids(JsonNode? neighbors) => [.. neighbors!.AsArray().Select(neighbor => (string)neighbor!["id"]!)];

    protected internal static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
