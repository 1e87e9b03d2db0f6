using MassTransit;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.Gateway.Support;

/// <summary>Stands in for the whole chain behind the gateway: what becomes of a job is what the test says.</summary>
public sealed class ChainScript
{
    /// <summary>Called for every command that the dispatcher sends.</summary>
    public Func<ConsumeContext<EmbedPrompt>, Task> Act { get; set; } = CompleteAsync;

    public static async Task CompleteAsync(ConsumeContext<EmbedPrompt> context)
    {
        var (job, generation) = (context.Message.Job, context.Message.Generation);
        await context.Publish(new PromptEmbedded(job, Truncated: false));
        await context.Publish(new NeighborsRetrieved(job, [new("fluent-3d", 1, "heart", 0.5f, 1, Title: "a heart")]));
        await context.Publish(new SamplingProgressed(job, 0, generation.Steps));
        await context.Publish(new SamplingProgressed(job, generation.Steps, generation.Steps));
        await context.Publish(new ImagesSampled(job, 1.5));
        await context.Publish(StoredOf(context.Message));
    }

    public static ImagesStored StoredOf(EmbedPrompt command) => new(
        command.Job,
        [.. Enumerable.Range(0, command.Generation.Pictures).Select(picture => PictureOf(command, picture))],
        $"tenants/{command.Job.Tenant}/jobs/{command.Job.Job}/manifest.json", "hash", new(1, 2, 3, 4, 5));

    static StoredPicture PictureOf(EmbedPrompt command, int picture)
    {
        var folder = $"tenants/{command.Job.Tenant}/jobs/{command.Job.Job}";
        return new(
            picture, command.Generation.Seed + picture, $"{folder}/{picture}.png", $"{folder}/{picture}-thumbnail.png",
            "image/png", 64, 64, 100, "00");
    }
}
