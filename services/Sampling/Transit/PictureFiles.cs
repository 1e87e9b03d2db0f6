using RdmCloud.Contracts.Generations;
using RdmCloud.Images;

namespace RdmCloud.Sampling.Transit;

/// <summary>Pictures as the files that clients get.</summary>
static class PictureFiles
{
    public static (string Extension, string ContentType) Kind(PictureFormat format) => format switch
    {
        PictureFormat.Png => ("png", "image/png"),
        PictureFormat.WebP => ("webp", "image/webp"),
        PictureFormat.Jpeg => ("jpg", "image/jpeg"),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    public static byte[] Encode(RgbImage image, PictureFormat format) => format switch
    {
        PictureFormat.Png => PngWriter.Encode(image),
        PictureFormat.WebP => WebPWriter.Encode(image),
        PictureFormat.Jpeg => JpegWriter.Encode(image),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };
}
