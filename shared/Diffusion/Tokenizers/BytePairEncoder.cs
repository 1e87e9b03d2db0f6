namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>
/// Byte-pair encoding of one word: its bytes are joined pair by pair, the pair of the lowest rank first and the leftmost
/// of equals first. A heap of candidate pairs keeps the time at n log n for a word of n bytes.
/// </summary>
sealed class BytePairEncoder
{
    const string WordEnd = "</w>";

    readonly int[] inner = new int[256];
    readonly int[] last = new int[256];
    readonly Dictionary<(int Left, int Right), (int Rank, int Joined)> merges = [];

    /// <summary>Throws <see cref="InvalidDataException"/> where the vocabulary lacks a byte or a piece of a merge.</summary>
    public BytePairEncoder(IReadOnlyDictionary<string, int> vocabulary, IEnumerable<(string Left, string Right)> merges)
    {
        int Id(string piece) => vocabulary.TryGetValue(piece, out var id) && id >= 0
            ? id
            : throw new InvalidDataException($"the vocabulary has no \"{piece}\", which the merges need");

        for (var value = 0; value < 256; value++)
        {
            inner[value] = Id($"{ByteAlphabet.Characters[value]}");
            last[value] = Id($"{ByteAlphabet.Characters[value]}{WordEnd}");
        }
        foreach (var (left, right) in merges)
        {
            var joined = left + right;
            this.merges.TryAdd((Id(left), Id(right)), (this.merges.Count, Id(joined)));
            var length = joined.EndsWith(WordEnd, StringComparison.Ordinal) ? joined.Length - WordEnd.Length : joined.Length;
            LongestToken = Math.Max(LongestToken, length);
        }
    }

    /// <summary>The most bytes that one id stands for.</summary>
    public int LongestToken { get; } = 1;

    /// <summary>The ids of a word of one byte at least.</summary>
    public int[] Encode(ReadOnlySpan<byte> word)
    {
        var count = word.Length;
        var ids = new int[count];
        for (var i = 0; i < count; i++)
            ids[i] = i == count - 1 ? last[word[i]] : inner[word[i]];

        var next = Enumerable.Range(1, count).ToArray();
        var previous = Enumerable.Range(-1, count).ToArray();
        var candidates = new PriorityQueue<int, (int Rank, int Position)>();
        for (var i = 0; i < count - 1; i++)
            Propose(i);

        while (candidates.TryDequeue(out var left, out var candidate))
        {
            if (!TryMerge(left, out var merge) || merge.Rank != candidate.Rank)
                continue; // an earlier merge has changed this pair
            var right = next[left];
            ids[left] = merge.Joined;
            ids[right] = -1;
            next[left] = next[right];
            if (next[left] < count)
                previous[next[left]] = left;
            Propose(left);
            if (previous[left] >= 0)
                Propose(previous[left]);
        }
        return [.. ids.Where(id => id >= 0)];

        void Propose(int left)
        {
            if (TryMerge(left, out var merge))
                candidates.Enqueue(left, (merge.Rank, left));
        }

        bool TryMerge(int left, out (int Rank, int Joined) merge)
        {
            merge = default;
            return ids[left] >= 0 && next[left] < count && merges.TryGetValue((ids[left], ids[next[left]]), out merge);
        }
    }
}
