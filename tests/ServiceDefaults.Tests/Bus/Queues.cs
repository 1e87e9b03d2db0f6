using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RdmCloud.Servers;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>The queues of a broker, as its operator sees them.</summary>
static class Queues
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Null where there is no such queue.</summary>
    public static Task<JsonNode?> FindAsync(this RabbitServer rabbit, Uri broker, string queue) =>
        rabbit.GetAsync($"queues/{broker.Segments[^1]}/{queue}");

    public static async Task<string[]> NamesAsync(this RabbitServer rabbit, Uri broker, string what) =>
        [.. (await rabbit.GetAsync($"{what}/{broker.Segments[^1]}"))!.AsArray().Select(thing => (string)thing!["name"]!)];

    /// <summary>Waits until a queue holds as many messages that nobody has taken.</summary>
    public static async Task WaitForCountAsync(Uri broker, string queue, uint count)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(Cancellation);
        await Eventually.Async(async () => await CountAsync(connection, queue) == count);
    }

    /// <summary>Whether a queue gives nothing; the broker's count of what it has back lags behind.</summary>
    public static async Task<bool> IsEmptyAsync(Uri broker, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        return await channel.BasicGetAsync(queue, autoAck: false, Cancellation) is null;
    }

    // 0 where there is no such queue.
    static async Task<uint> CountAsync(IConnection connection, string queue)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        try
        {
            return await channel.MessageCountAsync(queue, Cancellation);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return 0;
        }
    }

    static async Task<JsonNode?> GetAsync(this RabbitServer rabbit, string path)
    {
        using var answer = await rabbit.Management.GetAsync($"api/{path}", Cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(Cancellation);
    }
}
