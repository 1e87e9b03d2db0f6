namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// The k best of the rows offered: highest score first, equal scores by row number. The order of offers does not matter.
/// </summary>
sealed class TopK(int k)
{
    static readonly Comparer<(float Score, long Row)> WorstFirst = Comparer<(float Score, long Row)>.Create((a, b) =>
        a.Score != b.Score ? a.Score.CompareTo(b.Score) : b.Row.CompareTo(a.Row));

    readonly PriorityQueue<long, (float Score, long Row)> kept = new(WorstFirst);

    /// <summary>The score below which an offer is in vain.</summary>
    public float Threshold { get; private set; } = k > 0 ? float.NegativeInfinity : float.PositiveInfinity;

    public void Offer(long row, float score)
    {
        if (!(score >= Threshold)) // NaN too
            return;
        if (kept.Count < k)
            kept.Enqueue(row, (score, row));
        else
            kept.EnqueueDequeue(row, (score, row));
        if (kept.Count == k && kept.TryPeek(out _, out var worst))
            Threshold = worst.Score;
    }

    public void Merge(TopK other)
    {
        foreach (var (row, priority) in other.kept.UnorderedItems)
            Offer(row, priority.Score);
    }

    public List<(float Score, long Row)> ToList()
    {
        var list = kept.UnorderedItems.Select(item => item.Priority).ToList();
        list.Sort((a, b) => WorstFirst.Compare(b, a));
        return list;
    }
}
