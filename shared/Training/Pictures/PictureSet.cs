using NetVips;
using RdmCloud.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Pictures;

/// <summary>
/// The pictures of a data set as bytes: in memory as far as they find room there, read from their files each time otherwise.
/// </summary>
public sealed class PictureSet
{
    /// <summary>How much memory the pictures may take.</summary>
    public const long MemoryBytes = 4L << 30;

    readonly string folder;
    readonly byte[]?[] pixels;

    PictureSet(string folder, IReadOnlyList<DatasetImage> images, byte[]?[] pixels, int size) =>
        (this.folder, Images, this.pixels, Size) = (folder, images, pixels, size);

    public IReadOnlyList<DatasetImage> Images { get; }

    /// <summary>Pixels along a side.</summary>
    public int Size { get; }

    /// <summary>Reads a prepared folder.</summary>
    /// <param name="size">Pixels along a side; null for what the first picture has.</param>
    /// <exception cref="DatasetException">The manifest or a picture cannot be read.</exception>
    public static async Task<PictureSet> LoadAsync(
        string folder, int? size, CancellationToken cancellationToken, long memoryBytes = MemoryBytes)
    {
        var images = await DatasetManifest.ReadAsync(folder, cancellationToken);
        if (images.Count == 0)
            throw new DatasetException($"{Path.Combine(folder, DatasetManifest.FileName)} names no picture.");
        var side = size ?? SizeOf(Path.Combine(folder, images[0].File));
        var pixels = new byte[]?[images.Count];
        for (var i = 0; i < Math.Min(images.Count, memoryBytes / (3L * side * side)); i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pixels[i] = Read(Path.Combine(folder, images[i].File), side);
        }
        return new PictureSet(folder, images, pixels, side);
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
            var picture = pixels[choices[i].Index] ?? Read(Path.Combine(folder, Images[choices[i].Index].File), Size);
            var finished = choices[i].Finish is { } finish ? finish.Apply(picture, Size) : picture;
            var place = target.Slice(i * length, length);
            if (choices[i].Mirrored)
                Mirror(finished, place);
            else
                finished.CopyTo(place);
        }
        return bytes.permute(0, 3, 1, 2).to(ScalarType.Float32).contiguous().div_(127.5).sub_(1).MoveToOuterDisposeScope();
    }

    static int SizeOf(string path)
    {
        using var image = Open(path);
        return Math.Max(image.Width, image.Height);
    }

    // A prepared picture needs no more than decoding.
    static byte[] Read(string path, int size)
    {
        using var image = Open(path);
        return image.Width == size && image.Height == size && image.Bands == 3
            ? image.WriteToMemory<byte>()
            : Rasterizer.File(path, size);
    }

    static Image Open(string path)
    {
        try
        {
            return Image.NewFromFile(path);
        }
        catch (VipsException error)
        {
            throw new DatasetException($"{path} cannot be read: {error.Message.Trim()} Prepare the data set again.", error);
        }
    }

    void Mirror(ReadOnlySpan<byte> picture, Span<byte> target)
    {
        for (var row = 0; row < picture.Length; row += 3 * Size)
            for (var x = 0; x < Size; x++)
                picture.Slice(row + 3 * x, 3).CopyTo(target[(row + 3 * (Size - 1 - x))..]);
    }
}
