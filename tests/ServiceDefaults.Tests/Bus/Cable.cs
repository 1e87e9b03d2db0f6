using System.Net;
using System.Net.Sockets;

namespace RdmCloud.ServiceDefaults.Bus;

/// <summary>
/// A way to a broker that can be cut, which to the broker looks as if a process had died, or go dead, which nobody notices.
/// </summary>
sealed class Cable : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly List<TcpClient> ends = [];
    readonly Uri broker;
    CancellationTokenSource going = new();

    public Cable(Uri broker)
    {
        this.broker = broker;
        listener.Start();
        Broker = new UriBuilder(broker) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri;
        _ = AcceptAsync();
    }

    /// <summary>The broker's address by this way.</summary>
    public Uri Broker { get; }

    /// <summary>Connections that were made so far.</summary>
    public int Connections
    {
        get
        {
            lock (ends)
                return ends.Count / 2;
        }
    }

    /// <summary>The connections stay, and nothing goes over them any more; what is connected later works.</summary>
    public void GoDead()
    {
        lock (ends)
        {
            going.Cancel();
            going = new();
        }
    }

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
                CancellationToken dead;
                lock (ends)
                {
                    ends.AddRange(near, far);
                    dead = going.Token;
                }
                await far.ConnectAsync(IPAddress.Loopback, broker.Port);
                _ = near.GetStream().CopyToAsync(far.GetStream(), dead);
                _ = far.GetStream().CopyToAsync(near.GetStream(), dead);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is cut.
        }
    }
}
