namespace RdmCloud.Images;

/// <summary>Resizing by cubic convolution (Keys 1981), as the two libraries do it that CLIP's and RDM's originals use.</summary>
public static class Resampling
{
    const int PrecisionBits = 32 - 8 - 2;

    /// <summary>
    /// Pillow's antialiased bicubic resize to exactly the same bytes: a = −0.5, 22-bit fixed-point weights, first the rows
    /// and then the columns with a rounding between; colors count by their opacity. Only a window of the result is computed.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="width">The width of the whole result.</param>
    /// <param name="height">The height of the whole result.</param>
    /// <param name="window">The part of the result that is returned; all of it if left out.</param>
    public static RgbImage Bicubic(RgbImage image, int width, int height, PixelWindow? window = null)
    {
        var part = window ?? new PixelWindow(0, 0, width, height);
        var across = Taps(image.Width, width, part.Left, part.Width);
        var down = Taps(image.Height, height, part.Top, part.Height);
        if (image.Opacity is not { } opacity)
            return new RgbImage(part.Width, part.Height, Resize(image.Pixels, image.Width, 3, across, down));

        var clear = Resize(opacity, image.Width, 1, across, down);
        var pixels = Resize(Premultiply(image.Pixels, opacity), image.Width, 3, across, down);
        Unpremultiply(pixels, clear);
        return new RgbImage(part.Width, part.Height, pixels) { Opacity = clear };
    }

    /// <summary>The picture, shrunk until neither side is longer than asked; a smaller one stays as it is.</summary>
    public static RgbImage Shrink(RgbImage image, int longestSide)
    {
        var scale = Math.Min(1.0, (double)longestSide / Math.Max(image.Width, image.Height));
        return scale == 1 ? image : Bicubic(image, Side(image.Width), Side(image.Height));

        int Side(int side) => Math.Max((int)Math.Round(side * scale), 1);
    }

    static byte[] Resize(
        byte[] source, int sourceWidth, int channels, (int First, int[] Weights)[] across, (int First, int[] Weights)[] down)
    {
        int firstRow = down[0].First, rows = down[^1].First + down[^1].Weights.Length - firstRow, line = channels * across.Length;
        var narrowed = new byte[rows * line];
        for (var y = 0; y < rows; y++)
            for (var i = 0; i < line; i++)
            {
                var (first, weights) = across[i / channels];
                var from = channels * ((firstRow + y) * sourceWidth + first) + i % channels;
                narrowed[y * line + i] = Sum(source, from, channels, weights);
            }
        var result = new byte[down.Length * line];
        for (var y = 0; y < down.Length; y++)
            for (var i = 0; i < line; i++)
                result[y * line + i] = Sum(narrowed, (down[y].First - firstRow) * line + i, line, down[y].Weights);
        return result;
    }

    static byte[] Premultiply(byte[] pixels, byte[] opacity)
    {
        var premultiplied = new byte[pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var product = pixels[i] * opacity[i / 3] + 128;
            premultiplied[i] = (byte)((product >> 8) + product >> 8);
        }
        return premultiplied;
    }

    static void Unpremultiply(byte[] pixels, byte[] opacity)
    {
        for (var i = 0; i < pixels.Length; i++)
            if (opacity[i / 3] > 0)
                pixels[i] = Clip(255 * pixels[i] / opacity[i / 3]);
    }

    /// <summary>
    /// PyTorch's bicubic interpolation with aligned corners and without antialiasing: a = −0.75, the edge repeated.
    /// </summary>
    /// <returns>3 × height × width, where [−1, 1] stands for black to white; the curve may overshoot.</returns>
    public static float[] BicubicAlignedCorners(RgbImage image, int width, int height)
    {
        var across = AlignedTaps(image.Width, width);
        var down = AlignedTaps(image.Height, height);
        var result = new float[3 * height * width];
        for (var channel = 0; channel < 3; channel++)
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                {
                    var sum = 0f;
                    for (var row = 0; row < 4; row++)
                        sum += down[y].Weights[row] * SumAcross(3 * down[y].Positions[row] * image.Width + channel, across[x]);
                    result[(channel * height + y) * width + x] = sum;
                }
        return result;

        float SumAcross(int start, (int[] Positions, float[] Weights) taps)
        {
            var sum = 0f;
            for (var column = 0; column < 4; column++)
                sum += taps.Weights[column] * (image.Pixels[start + 3 * taps.Positions[column]] / 127.5f - 1);
            return sum;
        }
    }

    /// <summary>For each result position of a window, the first source position and the fixed-point weights.</summary>
    static (int First, int[] Weights)[] Taps(int from, int to, int start, int count)
    {
        var scale = (double)from / to;
        var filterScale = Math.Max(scale, 1);
        var support = 2 * filterScale;
        var taps = new (int, int[])[count];
        for (var i = 0; i < count; i++)
        {
            if (from == to)
            {
                taps[i] = (start + i, [1 << PrecisionBits]);
                continue;
            }
            var center = (start + i + 0.5) * scale;
            var first = Math.Max((int)(center - support + 0.5), 0);
            var last = Math.Min((int)(center + support + 0.5), from);
            var weights = new double[last - first];
            for (var x = 0; x < weights.Length; x++)
                weights[x] = Cubic((x + first - center + 0.5) / filterScale, -0.5);
            var sum = weights.Sum();
            taps[i] = (first, [.. weights.Select(weight => FixedPoint(weight / sum))]);
        }
        return taps;
    }

    static (int[] Positions, float[] Weights)[] AlignedTaps(int from, int to)
    {
        var scale = to > 1 ? (float)(from - 1) / (to - 1) : 0;
        var taps = new (int[], float[])[to];
        for (var i = 0; i < to; i++)
        {
            var position = i * scale;
            var floor = (int)position;
            var t = position - floor;
            taps[i] = ([.. Enumerable.Range(floor - 1, 4).Select(at => Math.Clamp(at, 0, from - 1))],
                [(float)Cubic(t + 1, -0.75), (float)Cubic(t, -0.75), (float)Cubic(1 - t, -0.75), (float)Cubic(2 - t, -0.75)]);
        }
        return taps;
    }

    /// <summary>Keys' kernel, equation (4).</summary>
    static double Cubic(double x, double a)
    {
        x = Math.Abs(x);
        return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1 : x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    static byte Sum(byte[] source, int from, int step, int[] weights)
    {
        var sum = 1 << PrecisionBits - 1;
        foreach (var weight in weights)
        {
            sum += weight * source[from];
            from += step;
        }
        return Clip(sum >> PrecisionBits);
    }

    static int FixedPoint(double weight) => (int)(weight * (1 << PrecisionBits) + (weight < 0 ? -0.5 : 0.5));

    static byte Clip(int value) => (byte)Math.Clamp(value, 0, 255);
}
