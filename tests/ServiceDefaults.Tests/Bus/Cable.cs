using System.Net;
using System.Net.Sockets;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>A way to a broker that can be cut: what the broker then sees is what it sees when a process dies.</summary>
sealed class Cable : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly List<TcpClient> ends = [];
    readonly Uri broker;

    public Cable(Uri broker)
    {
        this.broker = broker;
        listener.Start();
        Broker = new UriBuilder(broker) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri;
        _ = AcceptAsync();
    }

    /// <summary>The broker's address by this way.</summary>
    public Uri Broker { get; }

    public void Cut()
    {
        listener.Stop();
        lock (ends)
            ends.ForEach(end => end.Dispose());
    }

    public void Dispose() => Cut();

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                lock (ends)
                    ends.AddRange(near, far);
                await far.ConnectAsync(IPAddress.Loopback, broker.Port);
                _ = near.GetStream().CopyToAsync(far.GetStream());
                _ = far.GetStream().CopyToAsync(near.GetStream());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is cut.
        }
    }
}
