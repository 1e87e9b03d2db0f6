using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Stages;

/// <summary>The queue of each command: one kind of message in each, so that its depth is the work that waits.</summary>
public static class StageQueues
{
    public const string EmbedPrompt = "embed-prompt";
    public const string RetrieveNeighbors = "retrieve-neighbors";
    public const string SampleInteractive = "sample-interactive";
    public const string SampleBulk = "sample-bulk";
    public const string StoreImages = "store-images";

    public static IReadOnlyList<string> All { get; } =
        [EmbedPrompt, RetrieveNeighbors, SampleInteractive, SampleBulk, StoreImages];

    public static string Sample(Lane lane) => lane == Lane.Bulk ? SampleBulk : SampleInteractive;
}
