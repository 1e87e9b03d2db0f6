namespace RdmCloud.ObjectStore.Support;

/// <summary>Content for objects.</summary>
static class Bytes
{
    public static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    public static async Task<byte[]> ReadAsync(this IObjectStore store, string key)
    {
        await using var found = await store.OpenAsync(key, TestContext.Current.CancellationToken);
        Assert.NotNull(found);
        var copy = new MemoryStream();
        await found.Content.CopyToAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal(found.Length, copy.Length);
        return copy.ToArray();
    }

    public static Task PutAsync(this IObjectStore store, string key, byte[] content, string contentType = "image/png") =>
        store.PutAsync(key, new MemoryStream(content), contentType, TestContext.Current.CancellationToken);
}
