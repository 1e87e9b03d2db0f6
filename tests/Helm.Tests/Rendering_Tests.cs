using System.Diagnostics;
using RdmCloud.Helm.Support;

namespace RdmCloud.Helm;

/// <summary>The chart as Helm renders it, where Helm is installed.</summary>
public class Rendering_Tests
{
    public static TheoryData<string> Scenarios => Chart.AllScenarios;

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Snapshot_IsWhatHelmRenders(string scenario)
    {
        var (exitCode, output) = await TemplateAsync("--namespace", "rdm", "--values", Chart.ValuesFileOf(scenario));
        Assert.True(exitCode == 0, output);
        Assert.Equal(Chart.SnapshotOf(scenario), output);
    }

    [Theory]
    [InlineData("existingSecret=", "Set existingSecret")]
    [InlineData("s3.endpoint=", "Set s3.endpoint")]
    [InlineData("milvus.address=", "Set milvus.address")]
    [InlineData("ingress.enabled=true", "Set ingress.host")]
    [InlineData("services.webhooks.replicas=2", "set webhookKeys.accessMode to ReadWriteMany")]
    [InlineData("services.webhooks.autoscaling.enabled=true", "set webhookKeys.accessMode to ReadWriteMany")]
    [InlineData("image.tag=latest", "/image/tag")]
    [InlineData("services.sampling.replica=2", "'replica' not allowed")]
    public async Task WrongValues_AreRefusedWithWhatToDo(string set, string message)
    {
        var (exitCode, output) = await TemplateAsync("--values", Chart.ValuesFileOf("minimal"), "--set", set);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(message, output);
    }

    static async Task<(int ExitCode, string Output)> TemplateAsync(params string[] arguments)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Assert.SkipUnless(folders.Any(folder => File.Exists(Path.Combine(folder, "helm"))), "install Helm");
        using var process = Process.Start(new ProcessStartInfo("helm", ["template", "rdm", Chart.Folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
