namespace RdmCloud.Images;

/// <summary>Reads streams whose length nobody vouches for.</summary>
public static class BoundedRead
{
    /// <exception cref="ImageException">The stream has more bytes than allowed.</exception>
    public static byte[] ToEnd(Stream stream, int mostBytes)
    {
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0; content.Write(buffer, 0, read))
            if (content.Length + read > mostBytes)
                throw TooLarge(mostBytes);
        return content.ToArray();
    }

    /// <inheritdoc cref="ToEnd"/>
    public static async Task<byte[]> ToEndAsync(Stream stream, int mostBytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0; content.Write(buffer, 0, read))
            if (content.Length + read > mostBytes)
                throw TooLarge(mostBytes);
        return content.ToArray();
    }

    static ImageException TooLarge(int mostBytes) => new($"a picture file of over {mostBytes >> 20} MB is too large");
}
