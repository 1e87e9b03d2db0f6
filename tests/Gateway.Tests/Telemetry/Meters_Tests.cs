using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using RdmCloud.Gateway.Support;

namespace RdmCloud.Gateway.Telemetry;

public sealed class Meters_Tests
{
    [Fact]
    public async Task JobThatEnds_IsCountedByItsStatus()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var ended = Collect<int>(gateway, "rdm.jobs.ended");
        using var waits = Collect<double>(gateway, "rdm.job.wait");
        await gateway.WaitAsync("tenant-a", await gateway.SubmitAsync("tenant-a"));
        await GatewayHost.Until(() => Task.FromResult(ended.LastMeasurement is not null));
        Assert.Equal(("completed", "tiny"), (ended.LastMeasurement!.Tags["status"], ended.LastMeasurement.Tags["model"]));
        Assert.InRange(Assert.Single(waits.GetMeasurementSnapshot()).Value, 0, 30);
    }

    [Fact]
    public async Task JobThatNobodyDraws_IsToldOfWithItsAge()
    {
        await using var gateway = await GatewayHost.StartAsync(slots: 0);
        using var jobs = Collect<int>(gateway, "rdm.backlog.jobs");
        using var ages = Collect<double>(gateway, "rdm.backlog.age");
        await gateway.SubmitAsync("tenant-a");
        await GatewayHost.Until(() => Task.FromResult(
            ages.GetMeasurementSnapshot().Any(told => told.Tags["status"] is "queued" && told.Value > 0)));
        Assert.Contains(jobs.GetMeasurementSnapshot(), told => told.Tags["status"] is "queued" && told.Value == 1);
        Assert.DoesNotContain(jobs.GetMeasurementSnapshot(), told => told.Tags["status"] is "processing" && told.Value > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prompt_IsLoggedOnlyForAnOperatorWhoAsksForIt(bool isAskedFor)
    {
        await using var gateway = await GatewayHost.StartAsync(4,
            ("Telemetry:LogPrompts", $"{isAskedFor}"), ("Logging:LogLevel:Default", "Information"));
        await gateway.WaitAsync("tenant-a", await gateway.SubmitAsync("tenant-a", new { prompt = "a walrus" }));
        var lines = gateway.Get<Logs.CapturedLogs>().Lines;
        Assert.Equal(isAskedFor, lines.Any(line => line.Contains("a walrus", StringComparison.Ordinal)));
    }

    static MetricCollector<T> Collect<T>(GatewayHost gateway, string instrument) where T : struct =>
        new(gateway.Get<IMeterFactory>(), "RdmCloud.Gateway", instrument);
}
