using System.Diagnostics;
using System.Text.RegularExpressions;
using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd;

/// <summary>The README's lines for a server, as they stand there, one block after the other in one shell.</summary>
public sealed partial class Readme_Tests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("rdm-readme-").FullName;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task LinesForAServer_AreAnsweredWithoutAProblem()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "photo.png"), Pictures.Plain(200, 30, 30), Cancel);
        var readme = await File.ReadAllTextAsync(Path.Combine(Fixtures.Root, "README.md"), Cancel);
        var blocks = Block().Matches(readme).Select(match => match.Groups[1].Value)
            .Where(block => block.Contains("curl ")).ToList();
        Assert.Equal(4, blocks.Count);
        using var serving = RdmProgram.Start(new Dictionary<string, string> { ["Access__AdminKey"] = Deployment.AdminKey },
            "serve", "--port", "0", "--data", Path.Combine(folder, "data"), "--model", Path.Combine("models", "preview-rdm"));
        var url = (await serving.LineWithAsync("draws with")).Split(' ')[^1];
        foreach (var block in blocks)
        {
            // curl's own failure is the shell's: -f turns a problem into one, and what was imported needs a moment.
            var script = block.Replace("http://127.0.0.1:8080", url).Replace("curl -s", "curl -f -s")
                .Replace("curl -f -s -X DELETE", "until curl -f -s -X DELETE")
                .Replace("images/photo.png\"", "images/photo.png\"; do :; done");
            var (code, output) = await ShellAsync($"set -eu\n{script}");
            Assert.True(code == 0, $"{script}\n{output}");
        }
        var bench = readme.Split('\n').Single(line => line.StartsWith("rdm bench load ", StringComparison.Ordinal))
            .Replace("http://127.0.0.1:8080", url)
            .Replace("--duration 30", "--duration 2").Replace("load.png", Path.Combine(folder, "load.png"));
        var environment = new Dictionary<string, string> { ["RDM_ADMIN_KEY"] = Deployment.AdminKey };
        var run = await RdmProgram.RunAsync(environment, bench.Split(' ')[1..]);
        Assert.True(run is { Code: 0, Error: "" } && run.Output.Contains("loud"), run.Output + run.Error);
        var left = await RdmProgram.RunAsync(environment, "dlq", "list", "--url", url);
        Assert.Equal("Nothing was given up.", left.Output.Trim());
    }

    async Task<(int Code, string Output)> ShellAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["RDM_ADMIN_KEY"] = Deployment.AdminKey },
        })!;
        var error = shell.StandardError.ReadToEndAsync(Cancel);
        var output = await shell.StandardOutput.ReadToEndAsync(Cancel);
        await shell.WaitForExitAsync(Cancel);
        return (shell.ExitCode, output + await error);
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
