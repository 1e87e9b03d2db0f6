using System.Text.Json.Nodes;

namespace RdmCloud.Cli.Bench.Load;

/// <summary>Where a job's time went, in seconds: what the client saw of it, and what the gateway's receipt tells.</summary>
static class StageTimes
{
    static readonly (string Name, string Field)[] stages =
        [("embedding", "embedding"), ("retrieval", "retrieval"), ("slot", "sampling_wait"), ("sampling", "sampling"),
            ("storage", "storage")];

    public static IReadOnlyDictionary<string, double> Of(JsonNode job, TimeSpan accepted)
    {
        var times = new Dictionary<string, double> { ["submit"] = accepted.TotalSeconds };
        if (Between(job, "created_at", "started_at") is { } queue)
            times["queue"] = queue;
        if (Between(job, "started_at", "completed_at") is { } draw)
            times["draw"] = draw;
        foreach (var (name, field) in stages)
            if ((double?)job["timings"]?[field] is { } milliseconds)
                times[name] = milliseconds / 1000;
        return times;
    }

    static double? Between(JsonNode job, string from, string to) =>
        ((DateTimeOffset?)job[to] - (DateTimeOffset?)job[from])?.TotalSeconds;
}
