using System.Text;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>An operator looks rarely: each call has a connection of its own.</summary>
sealed class RabbitDeadLetters(IOptions<BusOptions> options) : IDeadLetters
{
    const int Limit = 1000;

    static readonly string[] kinds = [Rabbit.Errors, Rabbit.Dead, Rabbit.Skipped];

    /// <summary>Where a message goes when it is sent again, by where it lies.</summary>
    static readonly IReadOnlyDictionary<string, string> sources = kinds
        .SelectMany(kind => StageQueues.All.Concat(ImportQueues.All), (kind, queue) => (Dead: queue + kind, Source: queue))
        .ToDictionary(pair => pair.Dead, pair => pair.Source);

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        var letters = new List<DeadLetter>();
        foreach (var queue in sources.Keys)
        {
            await using var open = await OpenAsync(connection, queue, cancellationToken);
            await foreach (var message in open.TakeAsync(cancellationToken).Take(Limit))
                letters.Add(DeadLetterReader.Read(queue, message));
        }
        return letters;
    }

    public async Task<DeadLetterContent?> FindAsync(string queue, string id, CancellationToken cancellationToken)
    {
        DeadLetterContent? content = null;
        await WithAsync(queue, id, (_, message) =>
        {
            content = new(DeadLetterReader.Read(queue, message), Encoding.UTF8.GetString(message.Body.Span));
            return Task.CompletedTask;
        }, cancellationToken);
        return content;
    }

    public Task<bool> SendAgainAsync(string queue, string id, CancellationToken cancellationToken) =>
        WithAsync(queue, id, (open, message) => open.SendAsync(message, sources[queue], cancellationToken), cancellationToken);

    public Task<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken) =>
        WithAsync(queue, id, (open, message) => open.RemoveAsync(message, cancellationToken), cancellationToken);

    async Task<bool> WithAsync(
        string queue, string id, Func<DeadLetterQueue, BasicGetResult, Task> act, CancellationToken cancellationToken)
    {
        if (!sources.ContainsKey(queue))
            return false;
        await using var connection = await ConnectAsync(cancellationToken);
        await using var open = await OpenAsync(connection, queue, cancellationToken);
        await foreach (var message in open.TakeAsync(cancellationToken))
            if (DeadLetterReader.Read(queue, message).Id == id)
            {
                await act(open, message);
                return true;
            }
        return false;
    }

    static async Task<DeadLetterQueue> OpenAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        return new(await connection.CreateChannelAsync(confirmed, cancellationToken), queue);
    }

    Task<IConnection> ConnectAsync(CancellationToken cancellationToken) =>
        new ConnectionFactory { Uri = options.Value.RabbitMq!, ClientProvidedName = "dead letters" }
            .CreateConnectionAsync(cancellationToken);
}
