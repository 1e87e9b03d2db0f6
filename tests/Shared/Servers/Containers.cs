using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace RdmCloud.Servers;

/// <summary>Containers of the images that docker-compose.yml names.</summary>
static class Containers
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(5); // a first one is downloaded

    static readonly Lazy<bool> engine = new(() => TestcontainersSettings.OS.DockerEndpointAuthConfig is not null);

    public static bool HaveEngine => engine.Value;

    /// <summary>One of a service's image, with its ports at those of this machine.</summary>
    public static ContainerBuilder Of(string service, params (int Port, int At)[] ports) => ports.Aggregate(
        new ContainerBuilder(Image(service)), (container, binding) => container.WithPortBinding(binding.At, binding.Port));

    public static async Task StartAsync(this IContainer container, Func<CancellationToken, Task<bool>> isReady)
    {
        using var limit = new CancellationTokenSource(patience);
        await container.StartAsync(limit.Token);
        while (!await isReady(limit.Token))
        {
            if (container.State == TestcontainersStates.Exited)
                throw new InvalidOperationException(
                    $"A container of {container.Image.FullName} ended too early:\n"
                    + $"{(await container.GetLogsAsync(ct: limit.Token)).Stderr}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }

    static string Image(string service) => File.ReadLines(Path.Combine(Fixtures.Root, "docker-compose.yml"))
        .SkipWhile(line => line != $"  {service}:")
        .First(line => line.StartsWith("    image: ", StringComparison.Ordinal))["    image: ".Length..];
}
