using System.Net;
using System.Net.Sockets;

namespace RdmCloud.Servers;

static class Tcp
{
    public static Task<bool> AnswersHttpAsync(int port, CancellationToken cancellationToken) =>
        AnswersAsync(port, "GET / HTTP/1.0\r\n\r\n"u8.ToArray(), cancellationToken);

    /// <summary>Whether a server accepts a connection, and says something to what it is told.</summary>
    public static async Task<bool> AnswersAsync(int port, byte[] hello, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            if (hello.Length == 0)
                return true;
            await client.GetStream().WriteAsync(hello, cancellationToken);
            return await client.GetStream().ReadAsync(new byte[1], cancellationToken) > 0;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
