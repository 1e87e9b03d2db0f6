using System.Text.Json;

namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>The vocabulary and merges of a CLIP tokenizer, from either of the two layouts in which they are published.</summary>
sealed record ClipTokenizerFiles(
    IReadOnlyDictionary<string, int> Vocabulary, IReadOnlyList<(string Left, string Right)> Merges)
{
    const string Vocab = "vocab.json", MergesText = "merges.txt", ClipMerges = "bpe_simple_vocab_16e6.txt.gz";
    const int ClipMergeCount = 49152 - 256 - 2; // CLIP's file holds more merges than CLIP uses

    public static ClipTokenizerFiles Read(string path)
    {
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var compressed = Directory.Exists(path) ? Path.Combine(path, ClipMerges) : path;
        if (compressed.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) && File.Exists(compressed))
            return FromClip(compressed);
        var vocab = Path.Combine(folder, Vocab);
        var merges = Path.Combine(folder, MergesText);
        if (!File.Exists(vocab) || !File.Exists(merges))
            throw new FileNotFoundException(
                $"no CLIP tokenizer at {path}: there must be {Vocab} and {MergesText}, or {ClipMerges}");
        return new ClipTokenizerFiles(ReadVocabulary(vocab), ReadMerges(merges, int.MaxValue));
    }

    static ClipTokenizerFiles FromClip(string path)
    {
        var merges = ReadMerges(path, ClipMergeCount);
        var bytes = ByteAlphabet.Order.Select(value => $"{ByteAlphabet.Characters[value]}").ToArray();
        var vocabulary = new Dictionary<string, int>();
        foreach (var piece in (IEnumerable<string>)[.. bytes, .. bytes.Select(piece => piece + "</w>"),
                     .. merges.Select(merge => merge.Left + merge.Right), ClipWords.Start, ClipWords.End])
            if (!vocabulary.TryAdd(piece, vocabulary.Count))
                throw new InvalidDataException($"{path}: two merges give \"{piece}\"");
        return new ClipTokenizerFiles(vocabulary, merges);
    }

    static Dictionary<string, int> ReadVocabulary(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, int>>(TokenizerFile.Read(path))
                ?? throw new InvalidDataException($"{path} holds no vocabulary");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{path} is not a vocabulary, a JSON object of tokens and their ids: {exception.Message}");
        }
    }

    static List<(string Left, string Right)> ReadMerges(string path, int most)
    {
        var merges = new List<(string, string)>();
        // The first line is a heading in both layouts.
        foreach (var line in TokenizerFile.Read(path).Split('\n').Skip(1))
        {
            if (merges.Count == most || string.IsNullOrWhiteSpace(line))
                break;
            var pieces = line.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (pieces.Length != 2)
                throw new InvalidDataException($"{path}, line {merges.Count + 2}: a merge is two pieces with a space between");
            merges.Add((pieces[0], pieces[1]));
        }
        return merges;
    }
}
