using System.Collections.Concurrent;
using System.Net;
using RdmCloud.Servers;

namespace RdmCloud.EndToEnd.Deployments;

/// <summary>One of our services as a process of its own, on a port that it keeps.</summary>
public sealed class Service(string name, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    readonly HttpClient http = new();
    readonly ConcurrentQueue<string> earlier = [];
    ServerProcess? process;

    public string Name => name;

    public Uri Address { get; } = LoopbackPort.Http(LoopbackPort.Free());

    public Uri Metrics { get; } = new(LoopbackPort.Http(LoopbackPort.Free()), "metrics");

    /// <summary>The same service, as a process of its own on another port.</summary>
    public Service Replica() => new(name, settings);

    /// <summary>Returns when it is ready. If it ends itself, it is started again, as an orchestrator would.</summary>
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
        var started = await ServerProcess.StartAsync(Fixtures.Root, [Program()], IsReadyAsync, environment);
        process = started;
        _ = KeepAsync(started, more);
    }

    /// <summary>As the machine would: without asking.</summary>
    public Task KillAsync() => Interlocked.Exchange(ref process, null)!.KillAsync();

    /// <summary>The lines of its log.</summary>
    public IEnumerable<string> Log => [.. earlier, .. process?.Output ?? []];

    public string Describe() => $"{Name}, after {earlier.Count} lines before it ended itself, {process?.Describe()}";

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (Interlocked.Exchange(ref process, null) is { } running)
            await running.KillAsync();
    }

    async Task KeepAsync(ServerProcess running, IReadOnlyDictionary<string, string>? more)
    {
        await running.Ended;
        if (Interlocked.CompareExchange(ref process, null, running) != running)
            return; // a test has ended it
        foreach (var line in running.Output)
            earlier.Enqueue(line);
        await StartAsync(more);
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
