namespace RdmCloud.VectorStore.Embedded;

/// <summary>
/// A row of the vector file: dimension elements, padded so that all rows are aligned alike (see <see cref="AlignedBuffer"/>).
/// </summary>
readonly record struct RowLayout(DatabaseInfo Info)
{
    public int ElementBytes => Info.ElementType == ElementType.Float16 ? 2 : 4;

    /// <summary>Elements from one row to the next: widened to float32, a row is a multiple of 64 bytes in either type.</summary>
    public int Stride => (Info.Dimension + Padding - 1) / Padding * Padding;

    public int RowBytes => Stride * ElementBytes;

    int Padding => AlignedBuffer.Alignment / ElementBytes;
}
