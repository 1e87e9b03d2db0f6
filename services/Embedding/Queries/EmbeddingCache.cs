using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Models;
using RdmCloud.Embedding.Clips;

namespace RdmCloud.Embedding.Queries;

/// <summary>Remembers embeddings by the model and the content that was embedded.</summary>
sealed class EmbeddingCache(IOptions<EmbeddingOptions> options) : IDisposable
{
    static readonly MemoryCacheEntryOptions one = new() { Size = 1 };

    readonly MemoryCache entries = new(new MemoryCacheOptions { SizeLimit = options.Value.CacheEntries });

    public async Task<EmbeddedQuery> GetAsync(IClip clip, QueryKind kind, byte[] content, Func<Task<EmbeddedQuery>> embed)
    {
        var key = (clip.Hash, kind, Convert.ToHexStringLower(SHA256.HashData(content)));
        if (entries.TryGetValue(key, out EmbeddedQuery? known))
            return known!;
        return entries.Set(key, await embed(), one);
    }

    public void Dispose() => entries.Dispose();
}
