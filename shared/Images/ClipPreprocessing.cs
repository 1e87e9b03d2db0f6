namespace RdmCloud.Images;

/// <summary>
/// A picture as the numbers that CLIP's image tower reads: 3 × size × size, each channel normalized by the mean and
/// standard deviation of CLIP's training pictures. The two ways differ in their numbers: what is compared must be prepared alike.
/// </summary>
public static class ClipPreprocessing
{
    static readonly float[] Mean = [0.48145466f, 0.4578275f, 0.40821073f];
    static readonly float[] Deviation = [0.26862954f, 0.26130258f, 0.27577711f];

    /// <summary>CLIP's own way (openai/CLIP, _transform): the short side antialiased to the size, then the center.</summary>
    public static float[] CenterCrop(RgbImage image, int size)
    {
        var (width, height) = image.Width <= image.Height
            ? (size, LongSide(image.Height, image.Width, size))
            : (LongSide(image.Width, image.Height, size), size);
        // torchvision rounds half to even, as Math.Round does.
        var crop = new PixelWindow((int)Math.Round((width - size) / 2.0), (int)Math.Round((height - size) / 2.0), size, size);
        return Normalize(ToPlanes(Resampling.Bicubic(image, width, height, crop)));
    }

    /// <summary>
    /// The original RDM's way, in which the published databases are made: the whole picture is stretched to the square by
    /// plain bicubic interpolation, whatever its aspect ratio.
    /// </summary>
    public static float[] Stretch(RgbImage image, int size)
    {
        var resized = Resampling.BicubicAlignedCorners(image, size, size); // [-1, 1]
        for (var i = 0; i < resized.Length; i++)
            resized[i] = (resized[i] + 1) / 2; // [0, 1]
        return Normalize(resized);
    }

    static int LongSide(int length, int shortLength, int size)
    {
        var resized = (double)((long)size * length) / shortLength;
        return resized <= int.MaxValue
            ? (int)resized
            : throw new ImageException($"a picture of {shortLength} x {length} pixels is too narrow");
    }

    static float[] ToPlanes(RgbImage image)
    {
        var count = image.Width * image.Height;
        var planes = new float[3 * count];
        for (var i = 0; i < planes.Length; i++)
            planes[i % 3 * count + i / 3] = image.Pixels[i] / 255f; // [0, 1]
        return planes;
    }

    static float[] Normalize(float[] planes)
    {
        var count = planes.Length / 3;
        for (var i = 0; i < planes.Length; i++)
            planes[i] = (planes[i] - Mean[i / count]) / Deviation[i / count];
        return planes;
    }
}
