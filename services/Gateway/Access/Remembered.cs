using Microsoft.Extensions.Caching.Memory;

namespace RdmCloud.Gateway.Access;

/// <summary>What was read a moment ago. What is changed meanwhile, even while it is being read, is read anew.</summary>
sealed class Remembered<T>(TimeSpan lifetime) : IDisposable where T : class
{
    readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = 10_000 });
    long changes;

    public async Task<T?> GetAsync(string key, Func<Task<T?>> read)
    {
        if (cache.TryGetValue(key, out T? known))
            return known;
        var before = Interlocked.Read(ref changes);
        var value = await read();
        lock (cache)
            if (value is not null && changes == before)
                cache.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = lifetime });
        return value;
    }

    /// <summary>After a change.</summary>
    public void Forget(string key)
    {
        lock (cache)
        {
            changes++;
            cache.Remove(key);
        }
    }

    public void Dispose() => cache.Dispose();
}
