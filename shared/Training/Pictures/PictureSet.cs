using NetVips;
using RdmCloud.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Pictures;

/// <summary>The pictures of a data set, all in memory as bytes.</summary>
public sealed class PictureSet
{
    readonly byte[][] pixels;

    PictureSet(IReadOnlyList<DatasetImage> images, byte[][] pixels, int size) => (Images, this.pixels, Size) = (images, pixels, size);

    public IReadOnlyList<DatasetImage> Images { get; }

    /// <summary>Pixels along a side.</summary>
    public int Size { get; }

    /// <summary>Reads a prepared folder.</summary>
    /// <exception cref="DatasetException">The manifest or a picture cannot be read.</exception>
    public static async Task<PictureSet> LoadAsync(string folder, int size, CancellationToken cancellationToken)
    {
        var images = await DatasetManifest.ReadAsync(folder, cancellationToken);
        var pixels = new byte[images.Count][];
        for (var i = 0; i < images.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pixels[i] = Read(Path.Combine(folder, images[i].File), size);
        }
        return new PictureSet(images, pixels, size);
    }

    /// <summary>The numbers of the pictures that a condition holds for.</summary>
    public int[] Where(Func<DatasetImage, bool> condition) =>
        [.. Enumerable.Range(0, Images.Count).Where(index => condition(Images[index]))];

    /// <summary>(B, 3, S, S) in [-1, 1].</summary>
    public Tensor Batch(IReadOnlyList<PictureChoice> choices)
    {
        using var scope = NewDisposeScope();
        var length = 3 * Size * Size;
        var bytes = empty([choices.Count, Size, Size, 3], ScalarType.Byte);
        var target = bytes.bytes;
        for (var i = 0; i < choices.Count; i++)
        {
            var picture = pixels[choices[i].Index];
            var finished = choices[i].Finish is { } finish ? finish.Apply(picture, Size) : picture;
            var place = target.Slice(i * length, length);
            if (choices[i].Mirrored)
                Mirror(finished, place);
            else
                finished.CopyTo(place);
        }
        return bytes.permute(0, 3, 1, 2).to(ScalarType.Float32).contiguous().div_(127.5).sub_(1).MoveToOuterDisposeScope();
    }

    // A prepared picture needs no more than decoding.
    static byte[] Read(string path, int size)
    {
        try
        {
            using var image = Image.NewFromFile(path);
            if (image.Width == size && image.Height == size && image.Bands == 3)
                return image.WriteToMemory<byte>();
        }
        catch (VipsException error)
        {
            throw new DatasetException($"{path} cannot be read: {error.Message.Trim()} Prepare the data set again.", error);
        }
        return Rasterizer.File(path, size);
    }

    void Mirror(ReadOnlySpan<byte> picture, Span<byte> target)
    {
        for (var row = 0; row < picture.Length; row += 3 * Size)
            for (var x = 0; x < Size; x++)
                picture.Slice(row + 3 * x, 3).CopyTo(target[(row + 3 * (Size - 1 - x))..]);
    }
}
