namespace RdmCloud.VectorStore.Embedded;

static class EmbeddingMath
{
    /// <summary>|x| in double precision; NaN or infinite where a value is.</summary>
    public static double Norm(ReadOnlySpan<float> x)
    {
        var sum = 0.0;
        foreach (var value in x)
            sum += (double)value * value;
        return Math.Sqrt(sum);
    }

    /// <summary>x / |x|; the zero vector stays.</summary>
    public static float[] Normalize(ReadOnlySpan<float> x)
    {
        var norm = Norm(x);
        var result = new float[x.Length];
        for (var i = 0; i < x.Length && norm > 0; i++)
            result[i] = (float)(x[i] / norm);
        return result;
    }
}
