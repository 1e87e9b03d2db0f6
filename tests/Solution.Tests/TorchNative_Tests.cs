namespace RdmCloud.Solution;

/// <summary>The build step that makes TorchSharp's library load where libstdc++ is older.</summary>
public sealed class TorchNative_Tests : IDisposable
{
    const string Name = "libLibTorchSharp.so";

    readonly string scratch = Directory.CreateTempSubdirectory("rdm-native-").FullName;

    [Fact]
    public async Task LibraryOfThePackage_DiffersInTheTwoEditedBytesAlone()
    {
        var original = await File.ReadAllBytesAsync(Package(), TestContext.Current.CancellationToken);
        var patched = await PatchAsync(original);
        Assert.Equal(original.Length, patched.Length);
        Assert.Equal(2, original.Zip(patched).Count(pair => pair.First != pair.Second));
        Assert.Equal(patched, await PatchAsync(patched)); // once is enough
    }

    [Fact]
    public async Task LibraryOfAnotherLayout_FailsTheBuildAndSaysWhy()
    {
        var (exitCode, output) = await RunAsync([.. "not a library"u8]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("is not the ELF library that was expected", output);
    }

    [Fact]
    public async Task CutLibrary_FailsTheBuild()
    {
        var original = await File.ReadAllBytesAsync(Package(), TestContext.Current.CancellationToken);
        var (exitCode, output) = await RunAsync(original[..(original.Length / 2)]);
        Assert.NotEqual(0, exitCode);
        Assert.Contains("is not the ELF library that was expected", output);
    }

    public void Dispose() => Directory.Delete(scratch, recursive: true);

    async Task<byte[]> PatchAsync(byte[] library)
    {
        var (exitCode, output) = await RunAsync(library);
        Assert.True(exitCode == 0, output);
        return await File.ReadAllBytesAsync(Path.Combine(scratch, "out", Name), TestContext.Current.CancellationToken);
    }

    async Task<(int ExitCode, string Output)> RunAsync(byte[] library)
    {
        var input = Path.Combine(scratch, Name);
        await File.WriteAllBytesAsync(input, library, TestContext.Current.CancellationToken);
        var project = Path.Combine(scratch, "patch.proj");
        await File.WriteAllTextAsync(project, $"""
            <Project>
              <ItemGroup><NativeCopyLocalItems Include="{input}" /></ItemGroup>
              <PropertyGroup><IntermediateOutputPath>{scratch}/out/</IntermediateOutputPath></PropertyGroup>
              <Target Name="ResolvePackageAssets" />
              <Import Project="{Repository.PathOf("infra", "build", "TorchNative.targets")}" />
              <Target Name="Build" DependsOnTargets="ResolvePackageAssets" />
            </Project>
            """, TestContext.Current.CancellationToken);
        return await Repository.RunAsync("dotnet", ["msbuild", project, "-t:Build"], TestContext.Current.CancellationToken);
    }

    /// <summary>As TorchSharp's package brings it, found through the restored packages.</summary>
    static string Package()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library of TorchSharp for Linux is restored on Linux alone");
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.GetFiles(Path.Combine(packages, "torchsharp"), Name, SearchOption.AllDirectories)
            .Single(path => path.Contains("linux-x64", StringComparison.Ordinal));
    }
}
