using System.Globalization;
using RdmCloud.Servers;

namespace RdmCloud.EndToEnd.Deployments;

/// <summary>
/// The containers of docker-compose.yml, built and started. Where RDM_CONTAINERS is "compose", "docker compose" or another
/// command that does so; it takes minutes and gigabytes. Where no registry can be reached infra/docker/make-stand-ins.sh makes
/// base images.
/// </summary>
public sealed class ComposeDeployment : Deployment
{
    static readonly string? compose = Environment.GetEnvironmentVariable("RDM_CONTAINERS");

    readonly int port = LoopbackPort.Free();
    readonly int s3 = LoopbackPort.Free();

    public override Uri Gateway => LoopbackPort.Http(port);

    public override async ValueTask InitializeAsync()
    {
        if (string.IsNullOrEmpty(compose))
            return;
        await ComposeAsync("build");
        await ComposeAsync("up", "--detach");
        using var http = new HttpClient();
        while (!await IsReadyAsync(http))
            await Task.Delay(500);
        await DrawsAsync();
    }

    public override void MustRun() =>
        Assert.SkipWhen(string.IsNullOrEmpty(compose), "containers: set RDM_CONTAINERS to \"docker compose\"");

    public override async ValueTask DisposeAsync()
    {
        if (!string.IsNullOrEmpty(compose))
            await ComposeAsync("down", "--volumes");
        await base.DisposeAsync();
    }

    async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Gateway, "health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    Task ComposeAsync(params string[] arguments) => Command.RunAsync("env",
        [
            $"RDM_ADMIN_KEY={AdminKey}", $"RDM_PORT={port}", $"RDM_S3_PORT={s3}", .. compose!.Split(' '),
            "--project-directory", Fixtures.Root,
            "--project-name", string.Create(CultureInfo.InvariantCulture, $"rdm-test-{port}"),
            "--file", Path.Combine(Fixtures.Root, "docker-compose.yml"),
            "--file", Path.Combine(Fixtures.Root, "tests", "EndToEnd.Tests", "Deployments", "Compose", "local-webhooks.yml"),
            .. arguments,
        ], CancellationToken.None);
}
