namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>Damages files in the ways that find faults in parsers.</summary>
static class Mutation
{
    static readonly long[] edges =
        [0, 1, -1, 127, 128, 255, 65535, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    public static byte[] Of(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var i = random.Next(1, 5); i > 0 && bytes.Count > 8; i--)
            Mutate(bytes, random);
        return [.. bytes];
    }

    static void Mutate(List<byte> bytes, Random random)
    {
        var place = random.Next(bytes.Count - 8);
        var length = random.Next(1, Math.Min(64, bytes.Count - place));
        switch (random.Next(7))
        {
            case 0: bytes[place] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[place] = (byte)random.Next(256); break;
            case 2: bytes.RemoveRange(place, length); break;
            case 3: bytes.InsertRange(place, bytes.GetRange(random.Next(bytes.Count - length), length)); break;
            case 4: bytes.RemoveRange(place, bytes.Count - place); break;
            case 5:
                var edge = BitConverter.GetBytes(edges[random.Next(edges.Length)]);
                Overwrite(bytes, place, edge[..(1 << random.Next(4))]);
                break;
            default: Overwrite(bytes, place, "0123456789[]{}:,\"-"u8[random.Next(18)..][..1].ToArray()); break;
        }
    }

    static void Overwrite(List<byte> bytes, int place, byte[] values)
    {
        for (var i = 0; i < values.Length; i++)
            bytes[place + i] = values[i];
    }
}
