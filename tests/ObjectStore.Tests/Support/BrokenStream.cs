namespace RdmCloud.ObjectStore.Support;

/// <summary>A stream that breaks off after some zeros, as a connection does.</summary>
sealed class BrokenStream(int length, bool canSeek) : Stream
{
    int read;

    public override bool CanRead => true;

    public override bool CanSeek => canSeek;

    public override bool CanWrite => false;

    public override long Length => canSeek ? length + 1000 : throw new NotSupportedException();

    public override long Position { get => read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (read == length)
            throw new IOException("The stream broke off.");
        var taken = Math.Min(count, length - read);
        Array.Clear(buffer, offset, taken);
        read += taken;
        return taken;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
