using System.Text.RegularExpressions;

namespace RdmCloud.ObjectStore;

/// <summary>
/// The keys of objects: segments of ASCII letters, digits, <c>-</c>, <c>_</c> and inner dots, joined by <c>/</c>. Such a key is
/// the same in a URL, in a file system and in every S3, and cannot lead out of a folder.
/// </summary>
public static partial class ObjectKey
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 1024;

    /// <summary>Objects on their way from one service to the next; they expire after a day.</summary>
    public const string Transit = "transit/";

    const int MaxSegmentLength = 200;

    /// <summary>Returns the key if it is one.</summary>
    /// <exception cref="ObjectKeyException">It is not.</exception>
    public static string Check(string key) => IsKey(key) ? key : throw new ObjectKeyException(
        $"'{Printable(key)}' cannot be an object's key. A key has at most {MaxLength} characters, in segments of "
        + $"at most {MaxSegmentLength} joined by '/'; a segment consists of ASCII letters, digits, '-', '_' and '.', "
        + "and neither starts nor ends with a dot.");

    /// <summary>Returns the prefix if a key can start with it.</summary>
    /// <exception cref="ObjectKeyException">None can.</exception>
    public static string CheckPrefix(string prefix)
    {
        if (prefix.Length > 0)
            Check(prefix + "x");
        return prefix;
    }

    static bool IsKey(string key) =>
        key.Length is > 0 and <= MaxLength
        && key.Split('/').All(segment => segment.Length <= MaxSegmentLength && Segment().IsMatch(segment));

    /// <summary>A hostile key must not get control characters into a log.</summary>
    static string Printable(string key) => new([.. key.Take(100).Select(c => char.IsControl(c) ? '?' : c)]);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?\z")]
    private static partial Regex Segment();
}
