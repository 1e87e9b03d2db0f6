using System.CommandLine;
using System.Text.Json;
using RdmCloud.Cli.Bench.Arrivals;
using RdmCloud.Cli.Bench.Charts;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Bench.Load;

sealed class BenchLoadCommand : CommandWithExamples
{
    readonly Argument<string> url = new("url") { Description = "The gateway's address.", HelpName = "URL" };
    readonly LoadTenants tenants = new();
    readonly ArrivalOptions arrivals = new(rate: 1, duration: 60);
    readonly Option<string[]> styles = OptionOf.Texts("--style",
        "A database's id; of several each job has one. May be repeated. [default: the model's own]", "ID");
    readonly Option<double?> patience = OptionOf.Number("--patience",
        "How many seconds jobs may take after the last one came. [default: 300]", 1.0, 24 * 3600);
    readonly Option<bool> json = OptionOf.Json();
    readonly Option<string?> chart = ChartFile.Option("each job's latency over its time of arrival");

    public BenchLoadCommand() : base("load", "Send jobs to a gateway at their own times, as users do, and report how long "
        + "they took. Ctrl-C ends it with what is known by then.",
        "rdm bench load http://127.0.0.1:8080 --rate 2 --duration 30",
        "rdm bench load https://rdm.example.com --tenant loud:10 --tenant a --tenant b --rate 5 --steps 10,50 --chart load.png",
        "rdm bench load https://rdm.example.com --keys keys.csv --trace jobs.csv --json")
    {
        Add(url);
        foreach (var option in (IEnumerable<Option>)[.. tenants.All, .. arrivals.All, styles, patience, json, chart])
            Add(option);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var address = line.GetRequiredValue(url);
        using var gateway = new GatewayClient(address);
        var known = await tenants.ReadAsync(line, cancellationToken);
        TenantShare[] shares = [.. known.Select(tenant => tenant.Share)];
        IReadOnlyList<string?> chosen = line.GetValue(styles) is { Length: > 0 } given ? [.. given] : [null];
        var jobs = await arrivals.ReadAsync(line, shares, chosen, cancellationToken);
        if (jobs.Select(job => job.Tenant).Except(shares.Select(share => share.Name)).FirstOrDefault() is { } stranger)
            throw new UsageException($"The trace names the tenant '{stranger}': give it with --tenant or in --keys.");
        await using var session = new LoadSession(gateway, address);
        await session.OpenAsync(known, tenants.AreMade(line), cancellationToken);
        var done = await session.RunAsync(jobs, TimeSpan.FromSeconds(line.GetValue(patience) ?? 300), cancellationToken);
        var report = LoadReport.Of(address, jobs.Count, done, shares, session.Retries);
        if (line.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(report, CliJson.Indented.LoadReport));
        else
            LoadSummary.Write(report);
        if (line.GetValue(chart) is { } picture)
            LoadChart.Save(picture, done);
        cancellationToken.ThrowIfCancellationRequested(); // after all that there was to say
        return 0;
    }
}
