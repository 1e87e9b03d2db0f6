using System.ComponentModel;
using RdmCloud.Gateway.Generations;

namespace RdmCloud.Gateway.Retrievals;

public sealed record RetrievalRequest
{
    [Description("What to look for. One of prompt, image and vector.")]
    public string? Prompt { get; init; }

    [Description("The id of an upload, or a data URL.")]
    public string? Image { get; init; }

    public float[]? Vector { get; init; }

    public string? Model { get; init; }

    public IReadOnlyList<DatabaseWeight>? Databases { get; init; }

    [Description("1 to 200. Default: the model's.")]
    public int? K { get; init; }

    public IReadOnlyList<string>? Pinned { get; init; }

    public IReadOnlyList<string>? Excluded { get; init; }
}
