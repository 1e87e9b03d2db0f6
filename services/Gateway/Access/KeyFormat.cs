using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace RdmCloud.Gateway.Access;

/// <summary>
/// How an API key looks: <c>rdm_</c>, 32 random letters and digits, and six that check them, so that a slip of the pen is told
/// from a key that was revoked.
/// </summary>
public static class KeyFormat
{
    const string Start = "rdm_";
    const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const int Random = 32, Check = 6, Shown = 12;

    public static string New()
    {
        var secret = RandomNumberGenerator.GetString(Alphabet, Random);
        return Start + secret + CheckOf(secret);
    }

    public static bool IsWhole(string key) =>
        key.Length == Start.Length + Random + Check && key.StartsWith(Start, StringComparison.Ordinal)
        && key[^Check..] == CheckOf(key[Start.Length..^Check]);

    /// <summary>By which a person knows the key again.</summary>
    public static string PrefixOf(string key) => key[..Shown];

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    static string CheckOf(string secret)
    {
        var rest = Crc32.HashToUInt32(Encoding.ASCII.GetBytes(secret));
        var check = new char[Check];
        for (var i = Check - 1; i >= 0; i--, rest /= (uint)Alphabet.Length)
            check[i] = Alphabet[(int)(rest % Alphabet.Length)];
        return new(check);
    }
}
