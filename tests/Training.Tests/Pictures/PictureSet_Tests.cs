using RdmCloud.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Pictures;

public class PictureSet_Tests
{
    const int Size = 8;

    [Fact]
    public async Task Batch_OfAFolder_HoldsItsPixelsMirroredOrInAFinish()
    {
        using var folder = new TemporaryFolder();
        byte[] pixels = [.. Enumerable.Range(0, 3 * Size * Size).Select(i => (byte)(i * 7))];
        folder.Write("ours/1f419.png", Rasterizer.Png(pixels, Size));
        await DatasetManifest.WriteAsync(
            folder.Path,
            [new DatasetImage("ours/1f419.png", "ours", "1f419", "octopus", [], [], "Animals", "train", "none", "MIT", "us")],
            CancellationToken.None);
        var pictures = await PictureSet.LoadAsync(folder.Path, Size, CancellationToken.None);
        var night = Finishes.Find("night");

        using var scope = NewDisposeScope();
        var batch = pictures.Batch([new(0), new(0, Mirrored: true), new(0, night)]);

        Assert.Equal([3, 3, Size, Size], batch.shape);
        Assert.Equal(pixels, Bytes(batch[0]));
        Assert.Equal(pixels, Bytes(batch[1].flip(2)));
        Assert.Equal(night.Apply(pixels, Size), Bytes(batch[2]));
    }

    [Fact]
    public async Task Batch_OfPicturesThatFindNoRoomInMemory_ReadsTheirFiles()
    {
        using var folder = new TemporaryFolder();
        byte[] pixels = [.. Enumerable.Range(0, 3 * Size * Size).Select(i => (byte)(i * 5))];
        folder.Write("ours/a.png", Rasterizer.Png(pixels, Size));
        await DatasetManifest.WriteAsync(
            folder.Path,
            [new DatasetImage("ours/a.png", "ours", "a", "a", [], [], "", "train", "none", "MIT", "us")],
            CancellationToken.None);

        var pictures = await PictureSet.LoadAsync(folder.Path, null, CancellationToken.None, memoryBytes: 0);

        using var scope = NewDisposeScope();
        Assert.Equal(Size, pictures.Size);
        Assert.Equal(pixels, Bytes(pictures.Batch([new(0)])[0]));
        File.Delete(Path.Combine(folder.Path, "ours/a.png"));
        Assert.Throws<DatasetException>(() => pictures.Batch([new(0)]));
    }

    static byte[] Bytes(Tensor picture) =>
        [.. picture.permute(1, 2, 0).add(1).mul(127.5).round().to(ScalarType.Byte).contiguous().data<byte>()];
}
