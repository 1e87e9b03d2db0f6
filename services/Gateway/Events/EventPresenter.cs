using System.Text.Json.Nodes;
using RdmCloud.Contracts.Generations;
using RdmCloud.Gateway.Generations;
using RdmCloud.Gateway.Ledger;
using RdmCloud.ObjectStore;

namespace RdmCloud.Gateway.Events;

/// <summary>What a client is told of an event: links are made when they are sent, so that a replayed one works too.</summary>
public sealed class EventPresenter(JobLedger ledger, JobPresenter jobs, IObjectStore objects)
{
    static readonly TimeSpan previewLifetime = TimeSpan.FromHours(1);

    public async Task<string> ShowAsync(string tenant, JobEvent happened, CancellationToken cancellationToken) =>
        happened.Type switch
        {
            JobEventTypes.Retrieved => Neighbors(happened.Data),
            JobEventTypes.Preview => await PreviewAsync(happened.Data),
            var type when JobEventTypes.IsFinal(type)
                && await ledger.FindAsync(tenant, happened.Job, cancellationToken) is { } job =>
                LedgerJson.Write(await jobs.ShowAsync(job)),
            _ => happened.Data,
        };

    static string Neighbors(string data)
    {
        var neighbors = LedgerJson.Read<RetrievedNeighbor[]>(JsonNode.Parse(data)!["neighbors"]!.ToJsonString());
        return LedgerJson.Write(new { neighbors = neighbors.Select(NeighborView.Of) });
    }

    async Task<string> PreviewAsync(string data)
    {
        var preview = JsonNode.Parse(data)!.AsObject();
        preview.Remove("key", out var key);
        preview["url"] = (await objects.LinkAsync((string)key!, previewLifetime)).ToString();
        return preview.ToJsonString();
    }
}
