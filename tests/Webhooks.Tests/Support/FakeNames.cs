using System.Net;
using System.Net.Sockets;
using RdmCloud.Webhooks.Addresses;

namespace RdmCloud.Webhooks.Support;

/// <summary>Answers for each name in turn, the last answer again and again.</summary>
sealed class FakeNames : INameResolver
{
    readonly Dictionary<string, Queue<IPAddress[]>> names = [];

    public FakeNames Add(string host, params string[] addresses)
    {
        if (!names.TryGetValue(host, out var answers))
            names[host] = answers = [];
        answers.Enqueue([.. addresses.Select(IPAddress.Parse)]);
        return this;
    }

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        names.TryGetValue(host, out var answers)
            ? Task.FromResult(answers.Count > 1 ? answers.Dequeue() : answers.Peek())
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
}
