using System.Numerics.Tensors;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// Cosine top-k by one pass over all rows of a version: each row is read from memory once, for all queries, so that the
/// memory's read bandwidth is the limit.
/// </summary>
sealed class ExactSearch(
    Snapshot snapshot, VisibleRows visible, float[][] queries, int k, int parallelism, CancellationToken cancellationToken)
{
    const int ChunkBytes = 1 << 21; // one work item; small, so that a busy core does not hold the others up
    const int BlockBytes = 1 << 15; // rows widened at a time; stays in the first-level cache

    readonly int stride = snapshot.Layout.Stride, dimension = snapshot.Info.Dimension;

    /// <summary>The best rows of the version for each query, but for those of <paramref name="except"/>.</summary>
    public TopK[] Scan(IReadOnlySet<long> except)
    {
        var best = NewBest();
        var chunkRows = Math.Max(1, ChunkBytes / snapshot.Layout.RowBytes);
        var chunks = (visible.End + chunkRows - 1) / chunkRows;
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        Parallel.For(0L, chunks, options, () => (Best: NewBest(), Buffer: NewBuffer()), (chunk, _, local) =>
        {
            var first = chunk * chunkRows;
            Score(first, (int)Math.Min(chunkRows, visible.End - first), except, local.Best, local.Buffer.Span);
            return local;
        }, local =>
        {
            local.Buffer.Dispose();
            lock (best)
                Merge(best, local.Best);
        });
        return best;
    }

    /// <summary>The best of the given rows.</summary>
    public TopK[] Scan(IEnumerable<long> rows)
    {
        var best = NewBest();
        using var buffer = NewBuffer();
        foreach (var row in rows)
            Score(row, 1, new HashSet<long>(), best, buffer.Span);
        return best;
    }

    void Score(long first, int count, IReadOnlySet<long> except, TopK[] best, Span<float> buffer)
    {
        var inverseNorms = snapshot.InverseNorms(first, count);
        var blockRows = buffer.Length / stride;
        for (var start = 0; start < count; start += blockRows)
        {
            var rows = Math.Min(blockRows, count - start);
            var block = snapshot.Vectors(first + start, rows, buffer); // [rows * stride]
            for (var i = 0; i < rows; i++)
            {
                var vector = block.Slice(i * stride, dimension);
                for (var q = 0; q < queries.Length; q++)
                {
                    var score = TensorPrimitives.Dot(vector, queries[q]) * inverseNorms[start + i];
                    if (score >= best[q].Threshold && visible.Contains(first + start + i) && !except.Contains(first + start + i))
                        best[q].Offer(first + start + i, score);
                }
            }
        }
    }

    static void Merge(TopK[] into, TopK[] from)
    {
        for (var q = 0; q < into.Length; q++)
            into[q].Merge(from[q]);
    }

    TopK[] NewBest() => [.. queries.Select(_ => new TopK(k))];

    AlignedBuffer NewBuffer() => new(Math.Max(1, BlockBytes / (stride * sizeof(float))) * stride);
}
