using System.Text.RegularExpressions;

namespace RdmCloud.VectorStore.CompVis;

/// <summary>part_2 before part_10: numbers in names compare as numbers, everything else by code unit.</summary>
static partial class NaturalOrder
{
    public static Comparer<string> Comparer { get; } = Comparer<string>.Create((a, b) =>
        string.CompareOrdinal(Pad(a), Pad(b)) is var order and not 0 ? order : string.CompareOrdinal(a, b));

    static string Pad(string name) => Digits.Replace(name, digits => digits.Value.PadLeft(20, '0'));

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits { get; }
}
