using RabbitMQ.Client;
using RdmCloud.Servers;

namespace RdmCloud.ServiceDefaults.Servers;

public class RabbitServer_Tests(RabbitServer server) : IClassFixture<RabbitServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task VirtualHosts_DoNotSeeEachOthersQueues()
    {
        await DeclareAsync(await server.CreateVirtualHostAsync(Cancellation));
        var other = await server.CreateVirtualHostAsync(Cancellation);
        await Assert.ThrowsAsync<RabbitMQ.Client.Exceptions.OperationInterruptedException>(() => CountAsync(other));
    }

    [Fact]
    public async Task Restart_KeepsPortAndQueues()
    {
        var host = await server.CreateVirtualHostAsync(Cancellation);
        await DeclareAsync(host);
        await server.RestartAsync();
        Assert.Equal(0u, await CountAsync(host));
    }

    static async Task DeclareAsync(Uri host)
    {
        await using var connection = await new ConnectionFactory { Uri = host }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.QueueDeclareAsync(
            "pictures", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);
    }

    static async Task<uint> CountAsync(Uri host)
    {
        await using var connection = await new ConnectionFactory { Uri = host }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        return await channel.MessageCountAsync("pictures", Cancellation);
    }
}
