using RdmCloud.Cli.Hosting;
using RdmCloud.Training.Data;

namespace RdmCloud.Cli.Data;

/// <summary>What a person reads after a data set is prepared.</summary>
static class DatasetSummary
{
    public static void Write(string folder, IReadOnlyList<DatasetImage> images)
    {
        var heldOut = images.Where(image => image.Split != DatasetSplit.Training).ToArray();
        Terminal.WriteProperties(
            ("data set", folder),
            ("hands", $"{images.Select(image => image.Hand).Distinct().Count()}"),
            ("pictures", $"{images.Count}"),
            ("held out", $"{heldOut.Length} of {heldOut.Select(image => image.Key).Distinct().Count()} subjects"));
    }
}
