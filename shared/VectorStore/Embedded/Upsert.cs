using System.IO.Hashing;

namespace RdmCloud.VectorStore.Embedded;

/// <summary>Takes rows image by image and writes those images that the database does not hold in the same way.</summary>
sealed class Upsert(Writer writer)
{
    readonly ImageRows present = new(writer.Before);
    readonly Dictionary<string, UInt128> taken = [];
    readonly List<EncodedRow> image = [];

    public void Add(EncodedRow row)
    {
        if (image.Count > 0 && image[0].ImageId != row.ImageId)
            Complete();
        image.Add(row);
    }

    /// <summary>To be called after the last row.</summary>
    public void Complete()
    {
        if (image.Count == 0)
            return;
        var imageId = image[0].ImageId;
        var fingerprint = Fingerprint(image.Select(row => (row.Vector, row.Record)));
        if (taken.TryAdd(imageId, fingerprint))
            Replace(present.Find(imageId), fingerprint);
        else if (taken[imageId] != fingerprint)
            throw new DatabaseException($"Image '{imageId}' comes twice with different rows. Give each image a name of its own, "
                + "and the rows of an image one after the other.");
        image.Clear();
    }

    void Replace(long[] rows, UInt128 fingerprint)
    {
        var records = writer.Before.Records;
        if (rows.Length == image.Count && fingerprint == Fingerprint(rows.Select(row =>
            (writer.Before.VectorBytes(row).ToArray(), RowEncoder.Encode(records.ReadProvenance(row))))))
            return;
        writer.Remove(rows);
        image.ForEach(writer.Append);
    }

    static UInt128 Fingerprint(IEnumerable<(byte[] Vector, byte[] Record)> rows)
    {
        var hash = new XxHash128();
        foreach (var (vector, record) in rows) // a record ends where its JSON ends, so no two lists of rows are the same bytes
        {
            hash.Append(vector);
            hash.Append(record);
        }
        return hash.GetCurrentHashAsUInt128();
    }
}
