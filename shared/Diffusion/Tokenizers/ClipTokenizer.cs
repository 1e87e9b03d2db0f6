using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>
/// CLIP's tokenizer: a lower-cased byte-level BPE (Radford et al. 2021, §2.4). Every text has ids; it may be used by
/// several threads at once.
/// </summary>
public sealed class ClipTokenizer : ITextTokenizer
{
    const int MostCachedWords = 20_000, LongestCachedWord = 64;

    readonly BytePairEncoder encoder;
    readonly int start, end;
    readonly ConcurrentDictionary<string, int[]> cache = new();

    ClipTokenizer(ClipTokenizerFiles files, int contextLength)
    {
        encoder = new BytePairEncoder(files.Vocabulary, files.Merges);
        start = Special(ClipWords.Start);
        end = Special(ClipWords.End);
        ContextLength = contextLength;

        int Special(string token) => files.Vocabulary.TryGetValue(token, out var id)
            ? id
            : throw new InvalidDataException($"the vocabulary has no {token}");
    }

    /// <inheritdoc/>
    public int ContextLength { get; }

    /// <summary>
    /// Loads Hugging Face's <c>vocab.json</c> and <c>merges.txt</c>, or CLIP's own <c>bpe_simple_vocab_16e6.txt.gz</c>.
    /// </summary>
    /// <param name="path">The folder that holds the files, or one of them.</param>
    /// <param name="contextLength">The most ids that the text tower takes.</param>
    /// <exception cref="FileNotFoundException">The files are not there.</exception>
    /// <exception cref="InvalidDataException">A file is not what its name says.</exception>
    public static ClipTokenizer Load(string path, int contextLength = 77) => new(ClipTokenizerFiles.Read(path), contextLength);

    /// <inheritdoc/>
    public TokenizedText Encode(string text) => Encode(text, ContextLength);

    /// <summary>The ids of a text in a context of another length, of two ids at least.</summary>
    public TokenizedText Encode(string text, int contextLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(contextLength, 2);
        var ids = ImmutableArray.CreateBuilder<int>();
        ids.Add(start);
        foreach (var word in ClipWords.Split(ClipTextCleaner.Clean(text)))
        {
            ids.AddRange(EncodeWord(word, contextLength));
            if (ids.Count > contextLength - 1)
                break;
        }
        var truncated = ids.Count > contextLength - 1;
        ids.Count = Math.Min(ids.Count, contextLength - 1);
        ids.Add(end);
        return new TokenizedText(ids.ToImmutable(), truncated);
    }

    int[] EncodeWord(string word, int contextLength)
    {
        if (word is ClipWords.Start)
            return [start];
        if (word is ClipWords.End)
            return [end];
        if (cache.TryGetValue(word, out var cached))
            return cached;
        // No more bytes than these fit into the context, whatever the word is.
        var fitting = (int)Math.Min(word.Length, (long)contextLength * encoder.LongestToken);
        var ids = encoder.Encode(Encoding.UTF8.GetBytes(word, 0, fitting));
        if (word.Length <= LongestCachedWord && cache.Count < MostCachedWords)
            cache.TryAdd(word, ids);
        return ids;
    }
}
