using System.Net;
using RdmCloud.Servers;

namespace RdmCloud.EndToEnd.Deployments;

/// <summary>One of our services as a process of its own, on a port that it keeps.</summary>
public sealed class Service(string name, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    readonly HttpClient http = new();
    ServerProcess? process;

    public string Name => name;

    public Uri Address { get; } = LoopbackPort.Http(LoopbackPort.Free());

    public Uri Metrics { get; } = new(LoopbackPort.Http(LoopbackPort.Free()), "metrics");

    /// <summary>The same service, as a process of its own on another port.</summary>
    public Service Replica() => new(name, settings);

    /// <summary>Returns when it is ready.</summary>
    public async Task StartAsync(IReadOnlyDictionary<string, string>? more = null)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["URLS"] = $"{Address};{Metrics.GetLeftPart(UriPartial.Authority)}",
            ["Telemetry__MetricsPort"] = $"{Metrics.Port}",
            ["OMP_NUM_THREADS"] = "1",
            ["DOTNET_gcServer"] = "0",
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (setting, value) in settings.Concat(more ?? new Dictionary<string, string>()))
            environment[setting] = value;
        process = await ServerProcess.StartAsync(Fixtures.Root, [Program()], IsReadyAsync, environment);
    }

    /// <summary>As the machine would: without asking.</summary>
    public Task KillAsync() => process!.KillAsync();

    /// <summary>The lines of its log.</summary>
    public IEnumerable<string> Log => process!.Output;

    public string Describe() => $"{Name} {process?.Describe()}";

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (process is not null)
            await process.KillAsync();
    }

    async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address, "health/ready"), cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>It lies beside these tests' own.</summary>
    string Program()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, name, own.Name, $"RdmCloud.{name}");
    }
}
