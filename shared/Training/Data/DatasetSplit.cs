using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RdmCloud.Training.Data;

/// <summary>
/// What is held out of which training. Everything hangs on a hash of the thing itself, so that a larger data set
/// never moves an old image from one side to the other.
/// </summary>
public static class DatasetSplit
{
    /// <summary>The split that trainings draw from.</summary>
    public const string Training = "train";

    /// <summary>Hands that the RDM never sees in training: the databases of zero-shot stylization.</summary>
    public static IReadOnlyList<string> HeldOutHands { get; } = ["streamline-emojis", "fluent-high-contrast", "icon-park"];

    /// <summary>Finishes that the RDM never sees in training.</summary>
    public static IReadOnlyList<string> HeldOutFinishes { get; } = ["ice", "poster", "gold", "halftone"];

    /// <summary><c>train</c> (90 %), <c>val</c> (8 %) or <c>test</c> (2 %): one subject is on one side in every hand.</summary>
    public static string OfSubject(string key) => Percentile(key) switch
    {
        < 8 => "val",
        < 10 => "test",
        _ => Training,
    };

    /// <summary>Whether the encoder never trains on this subject in this hand (8 % of all pairs).</summary>
    public static bool IsHeldOutPair(string hand, string key) => Percentile($"{hand}/{key}") < 8;

    /// <summary>
    /// Whether no caption of the encoder's training may hold this word (10 % of all words that are in no name).
    /// </summary>
    public static bool IsHeldOutWord(string word) => word.Length >= 3 && Percentile(word) < 10;

    static int Percentile(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) % 100);
    }
}
