using System.Net;
using System.Net.NetworkInformation;

namespace RdmCloud.Servers;

public static class LoopbackPort
{
    /// <summary>
    /// A port that nothing listens on. It lies below those that the system gives to clients, so that it is still free when the
    /// server starts again, and a client that waits for the server cannot meet itself.
    /// </summary>
    /// <param name="count">So many, one after the other, are free from it on.</param>
    public static int Free(int count = 1)
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        while (true)
            if (Random.Shared.Next(10_000, 32_000) is var port
                && taken.All(listener => listener.Port < port || listener.Port >= port + count))
                return port;
    }

    public static Uri Http(int port) => new($"http://{IPAddress.Loopback}:{port}");
}
