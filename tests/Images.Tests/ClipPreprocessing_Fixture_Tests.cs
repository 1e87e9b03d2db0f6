using System.Runtime.InteropServices;
using System.Text.Json;

namespace RdmCloud.Images;

[Trait("Category", "Parity")]
public class ClipPreprocessing_Fixture_Tests
{
    [Fact]
    public void EveryPicture_HasTheNumbersOfClipsOwnPreprocessing()
    {
        var folder = Fixtures.Find("clip-preprocess", "expected.safetensors");
        var (worst, exact, count) = (0f, 0, 0);
        var (difference, norm) = (0.0, 0.0);
        foreach (var (name, size, expected) in ReadTensors(Path.Combine(folder, "expected.safetensors")))
        {
            var prepared = ClipPreprocessing.CenterCrop(ImageFile.Read(Path.Combine(folder, $"{name}.png")), size);
            Assert.Equal(expected.Length, prepared.Length);
            for (var i = 0; i < expected.Length; i++)
            {
                worst = Math.Max(worst, Math.Abs(prepared[i] - (float)expected[i]));
                difference += Math.Pow(prepared[i] - (float)expected[i], 2);
                norm += Math.Pow((float)expected[i], 2);
                exact += (Half)prepared[i] == expected[i] ? 1 : 0;
            }
            count += expected.Length;
        }
        ParityReport.Add("clip-preprocess", Math.Sqrt(difference / norm));
        Assert.True(count > 0);
        Assert.InRange(worst, 0, 1.1e-3f); // half a unit in the last place of float16 below 4, where white is 2.15
        Assert.InRange(exact, count * 0.999, count);
    }

    static IEnumerable<(string Name, int Size, Half[] Values)> ReadTensors(string path)
    {
        var file = File.ReadAllBytes(path);
        var start = 8 + (int)BitConverter.ToUInt64(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, start - 8));
        foreach (var tensor in header.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__"))
        {
            var offsets = tensor.Value.GetProperty("data_offsets").Deserialize<int[]>()!;
            var size = tensor.Value.GetProperty("shape").Deserialize<int[]>()![^1];
            var bytes = file.AsSpan(start + offsets[0], offsets[1] - offsets[0]);
            yield return (tensor.Name, size, MemoryMarshal.Cast<byte, Half>(bytes).ToArray());
        }
    }
}
