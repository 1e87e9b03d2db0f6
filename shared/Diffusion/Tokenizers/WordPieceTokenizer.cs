using System.Collections.Immutable;

namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>
/// The tokenizer of uncased BERT (Devlin et al. 2019): each word is covered from the left by the longest pieces that the
/// vocabulary has. A word that cannot be covered, or has over 100 characters, is [UNK].
/// </summary>
public sealed class WordPieceTokenizer : ITextTokenizer
{
    const string Vocab = "vocab.txt";
    const int LongestWord = 100;

    readonly Dictionary<string, int> firsts = [];
    readonly Dictionary<string, int> followers = []; // without their ##
    readonly int start, end, unknown;

    WordPieceTokenizer(string path, int contextLength)
    {
        var tokens = new StringReader(TokenizerFile.Read(path));
        for (var id = 0; tokens.ReadLine() is { } token; id++)
            if (token.StartsWith("##", StringComparison.Ordinal) && token.Length > 2)
                followers[token[2..]] = id;
            else
                firsts[token] = id;
        (start, end, unknown) = (Special(BertWords.Start), Special(BertWords.End), Special(BertWords.Unknown));
        ContextLength = contextLength;

        int Special(string token) => firsts.TryGetValue(token, out var id)
            ? id
            : throw new InvalidDataException($"{path} has no {token}: it is not a BERT vocabulary of one token a line");
    }

    /// <inheritdoc/>
    public int ContextLength { get; }

    /// <summary>Loads a BERT vocabulary of one token a line.</summary>
    /// <param name="path">The <c>vocab.txt</c>, or the folder that holds it.</param>
    /// <param name="contextLength">The most ids that the text tower takes, two at least.</param>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    /// <exception cref="InvalidDataException">It is not a BERT vocabulary.</exception>
    public static WordPieceTokenizer Load(string path, int contextLength = 77)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(contextLength, 2);
        var file = Directory.Exists(path) ? Path.Combine(path, Vocab) : path;
        return File.Exists(file)
            ? new WordPieceTokenizer(file, contextLength)
            : throw new FileNotFoundException($"no BERT tokenizer at {path}: there must be {Vocab}");
    }

    /// <inheritdoc/>
    public TokenizedText Encode(string text)
    {
        var ids = ImmutableArray.CreateBuilder<int>();
        ids.Add(start);
        foreach (var word in BertWords.Split(text))
        {
            AddPieces(word, ids);
            if (ids.Count > ContextLength - 1)
                break;
        }
        var truncated = ids.Count > ContextLength - 1;
        ids.Count = Math.Min(ids.Count, ContextLength - 1);
        ids.Add(end);
        return new TokenizedText(ids.ToImmutable(), truncated);
    }

    void AddPieces(string word, ImmutableArray<int>.Builder ids)
    {
        var before = ids.Count;
        var rest = IsTooLong(word) ? [] : word.AsSpan();
        for (var pieces = firsts; TryTakePiece(ref rest, pieces, out var id); pieces = followers)
            ids.Add(id);
        if (rest.Length == 0 && ids.Count > before)
            return;
        ids.Count = before;
        ids.Add(unknown);
    }

    static bool IsTooLong(string word) => word.Length > 2 * LongestWord || word.EnumerateRunes().Count() > LongestWord;

    static bool TryTakePiece(ref ReadOnlySpan<char> word, Dictionary<string, int> pieces, out int id)
    {
        var lookup = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = word.Length; length > 0; length--)
            if (lookup.TryGetValue(word[..length], out id))
            {
                word = word[length..];
                return true;
            }
        id = 0;
        return false;
    }
}
