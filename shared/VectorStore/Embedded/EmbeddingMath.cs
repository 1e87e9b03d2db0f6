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

    /// <exception cref="DatabaseException">The query does not fit the database, or holds values that are not finite.</exception>
    public static float[] NormalizeQuery(ReadOnlySpan<float> query, DatabaseInfo info)
    {
        if (query.Length != info.Dimension)
            throw new DatabaseException(
                $"The query has {query.Length} values, the embeddings of database '{info.Name}' {info.Dimension}: "
                + $"they come from different CLIP models. The database was made with '{info.EmbeddingSpace}'.");
        return double.IsFinite(Norm(query))
            ? Normalize(query)
            : throw new DatabaseException($"The query to database '{info.Name}' holds values that are not finite.");
    }
}
