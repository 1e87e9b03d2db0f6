using System.Diagnostics.Metrics;
using RdmCloud.Contracts.Generations;

namespace RdmCloud.Storage.Results;

/// <summary>What is stored, as metrics.</summary>
sealed class ResultMeter
{
    readonly Counter<int> pictures;
    readonly Counter<long> bytes;

    public ResultMeter(IMeterFactory meters)
    {
        var meter = meters.Create("RdmCloud.Storage");
        pictures = meter.CreateCounter<int>("rdm.storage.pictures", "{picture}", "Pictures stored.");
        bytes = meter.CreateCounter<long>("rdm.storage.size", "By", "Bytes of the pictures stored.");
    }

    public void Stored(IReadOnlyList<StoredPicture> stored)
    {
        pictures.Add(stored.Count);
        bytes.Add(stored.Sum(picture => picture.Bytes));
    }
}
