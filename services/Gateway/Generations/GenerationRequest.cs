using System.ComponentModel;
using RdmCloud.Contracts.Generations;

namespace RdmCloud.Gateway.Generations;

/// <summary>What a client may say of the pictures it wants; what it leaves out is the model's default.</summary>
public sealed record GenerationRequest
{
    [Description("What to draw. One of prompt, image and vector.")]
    public string? Prompt { get; init; }

    [Description("A picture as the query: the id of an upload, or a data URL.")]
    public string? Image { get; init; }

    [Description("An embedding of the model's own CLIP as the query.")]
    public float[]? Vector { get; init; }

    [Description("What to steer away from.")]
    public string? NegativePrompt { get; init; }

    [Description("The model's name. Default: the one that a worker offered last.")]
    public string? Model { get; init; }

    [Description("The databases whose images shape the picture: its style.")]
    public IReadOnlyList<DatabaseWeight>? Databases { get; init; }

    [Description("The number of neighbors, 0 to 20, pinned ones included.")]
    public int? K { get; init; }

    [Description("Ids of images that must be among the neighbors.")]
    public IReadOnlyList<string>? Pinned { get; init; }

    [Description("Ids of images that must not.")]
    public IReadOnlyList<string>? Excluded { get; init; }

    [Description("The number of pictures, 1 to 10. Picture i is drawn from seed + i.")]
    public int? N { get; init; }

    [Description("0 to 9007199254740981. Default: random.")]
    public long? Seed { get; init; }

    [Description("How strongly the context steers, 0 to 50; 1 is no guidance.")]
    public double? GuidanceScale { get; init; }

    public int? Steps { get; init; }

    public SamplerKind? Sampler { get; init; }

    [Description("In pixels.")]
    public int? Width { get; init; }

    [Description("In pixels.")]
    public int? Height { get; init; }

    public PictureFormat? Format { get; init; }

    [Description("Whether the event stream shows pictures while they form.")]
    public bool? Previews { get; init; }

    public Lane? Lane { get; init; }

    [Description("0 to 9 among your own jobs; the higher goes first.")]
    public int? Priority { get; init; }

    [Description("Labels of your own, up to 16; jobs can be listed by them.")]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    [Description("Where this job's events are sent, beside your webhook endpoints.")]
    public WebhookRequest? Webhook { get; init; }

    [Description("How long the results are kept, in seconds: a minute to 90 days. Default: 7 days.")]
    public long? RetentionSeconds { get; init; }

    [Description("The job expires if it has not completed after so many seconds.")]
    public double? DeadlineSeconds { get; init; }

    [Description("The job expires if no worker has begun it after so many seconds.")]
    public double? StartDeadlineSeconds { get; init; }
}
