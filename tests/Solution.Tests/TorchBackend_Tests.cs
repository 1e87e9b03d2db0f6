using System.Text.Json.Nodes;

namespace RdmCloud.Solution;

public class TorchBackend_Tests
{
    [Fact]
    public async Task DefaultBuild_TakesTheLibraryOfThisPlatformAlone()
    {
        var references = await ReferencesAsync();
        Assert.Single(references, name => name.StartsWith("libtorch-cpu-", StringComparison.Ordinal));
        Assert.DoesNotContain("TorchSharp-cuda-linux", references);
    }

    [Fact]
    public async Task CudaBuild_TakesTheCudaPackageInstead()
    {
        var references = await ReferencesAsync("-p:TorchBackend=cuda");
        Assert.Contains("TorchSharp-cuda-linux", references);
        Assert.DoesNotContain(references, name => name.StartsWith("libtorch-cpu-", StringComparison.Ordinal));
    }

    static async Task<List<string>> ReferencesAsync(params string[] properties)
    {
        var project = Repository.PathOf("shared", "Diffusion", "Diffusion.csproj");
        var (exitCode, output) = await Repository.RunAsync(
            "dotnet", ["msbuild", project, "-getItem:PackageReference", .. properties], TestContext.Current.CancellationToken);
        Assert.True(exitCode == 0, output);
        return [.. JsonNode.Parse(output)!["Items"]!["PackageReference"]!.AsArray().Select(item => (string)item!["Identity"]!)];
    }
}
