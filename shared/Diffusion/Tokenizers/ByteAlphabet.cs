namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>
/// The printable characters that stand for the 256 bytes in the files of a byte-level BPE: a byte that is printable in
/// Latin-1 stands for itself, the others take the characters from U+0100 on (GPT-2, bytes_to_unicode).
/// </summary>
static class ByteAlphabet
{
    /// <summary>The bytes in the order of their ids: the printable ones first.</summary>
    public static readonly byte[] Order =
        [.. Enumerable.Range(0, 256).OrderBy(value => IsPrintable(value) ? 0 : 1).Select(value => (byte)value)];

    /// <summary>The character that stands for each byte.</summary>
    public static readonly char[] Characters = CreateCharacters();

    static char[] CreateCharacters()
    {
        var characters = new char[256];
        var next = 256;
        foreach (var value in Order)
            characters[value] = (char)(IsPrintable(value) ? value : next++);
        return characters;
    }

    static bool IsPrintable(int value) => value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE;
}
