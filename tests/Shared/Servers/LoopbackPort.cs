using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;

namespace RdmCloud.Servers;

public static class LoopbackPort
{
    static readonly string reservations = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "rdm-ports")).FullName;

    static readonly ConcurrentBag<FileStream> reserved = []; // until this process ends

    /// <summary>
    /// A port that nothing listens on, and that no other test's process is given. It lies below those that the system gives to
    /// clients, so that it is still free when the server starts again, and a client that waits for the server cannot meet itself.
    /// </summary>
    /// <param name="count">So many, one after the other, are free from it on.</param>
    public static int Free(int count = 1)
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 32_000);
            var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
            if (taken.All(listener => listener.Port < port || listener.Port >= port + count)
                && Enumerable.Range(port, count).All(Reserve))
                return port;
        }
    }

    public static Uri Http(int port) => new($"http://{IPAddress.Loopback}:{port}");

    /// <summary>The system lets one process at a time have the file, and lets go of it with that process.</summary>
    static bool Reserve(int port)
    {
        try
        {
            reserved.Add(new(Path.Combine(reservations, $"{port}"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None,
                bufferSize: 1, FileOptions.DeleteOnClose));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
