namespace RdmCloud.Training.Data;

/// <summary>Tone arithmetic on 0..255.</summary>
static class Tone
{
    /// <summary>Luminance by the weights of ITU-R BT.601, 0..255.</summary>
    public static int Luminance(ReadOnlySpan<byte> rgb) => (77 * rgb[0] + 150 * rgb[1] + 29 * rgb[2] + 128) >> 8;

    /// <summary>From <paramref name="a"/> at amount 0 to <paramref name="b"/> at amount 255.</summary>
    public static byte Mix(int a, int b, int amount) => (byte)(a + ((b - a) * amount + (b > a ? 127 : -127)) / 255);

    /// <summary>Cuts a value off at 0 and 255.</summary>
    public static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);

    /// <summary>How many pixels a pattern's unit is: one in a 64 px picture, so that larger pictures look the same.</summary>
    public static int Unit(int width) => Math.Max(1, width / 64);
}
