using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace RdmCloud.VectorStore.Milvus;

/// <summary>
/// Conditions on rows in Milvus's language. They are made of numbers, of our own ids and of hashes: what users write never
/// gets into one, so nothing has to be escaped.
/// </summary>
static class RowFilter
{
    const int MaxIdLength = 64;

    /// <summary>By which an image's rows are found, whatever its id looks like.</summary>
    public static string ImageKey(string imageId) => Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(imageId)));

    public static string Of(string database) => $"""{RowColumns.Database} == "{database}" """.TrimEnd();

    /// <summary>Those that a version sees.</summary>
    public static string At(long version) => Invariant($"{RowColumns.Added} <= {version} and {RowColumns.Removed} > {version}");

    public static string Images(IEnumerable<string> imageIds) => $"{RowColumns.Image} in [{Keys(imageIds)}]";

    public static string NotImages(IEnumerable<string> imageIds) => $"{RowColumns.Image} not in [{Keys(imageIds)}]";

    /// <summary>Rows after the first number up to the second one.</summary>
    public static string Between(long after, long last) =>
        Invariant($"{RowColumns.Row} > {after} and {RowColumns.Row} <= {last}");

    public static string Is(long row) => Invariant($"{RowColumns.Row} == {row}");

    public static string AddedAfter(long version) => Invariant($"{RowColumns.Added} > {version}");

    public static string RemovedBy(long version) => Invariant($"{RowColumns.Removed} == {version}");

    /// <exception cref="DatabaseException">It is no id of a database.</exception>
    public static string CheckId(string database) =>
        database.Length is > 0 and <= MaxIdLength
            && database.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            ? database
            : throw new DatabaseException("A database's id has 1 to 64 small letters, digits and '_'.");

    static string Keys(IEnumerable<string> imageIds) => string.Join(',', imageIds.Select(id => $"\"{ImageKey(id)}\""));

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
