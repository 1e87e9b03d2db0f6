using RdmCloud.Contracts.Webhooks;

namespace RdmCloud.Gateway.Generations;

/// <summary>The bounds of a request that need nothing but the request.</summary>
static class GenerationLimits
{
    public const int MaxK = 20;
    public const int MaxPictures = 10;
    public const long MaxSeed = (1L << 53) - 1 - MaxPictures;
    const int MaxPrompt = 4000, MaxDatabases = 8, MaxImages = 100, MaxLabels = 16, MaxLabel = 256, MaxUrl = 2048;

    public static void Check(GenerationRequest request, Problems problems)
    {
        var queries =
            (request.Prompt is not null ? 1 : 0) + (request.Image is not null ? 1 : 0) + (request.Vector is not null ? 1 : 0);
        problems.Require(queries == 1, "prompt", "Give one of prompt, image and vector.");
        problems.Require(request.Prompt is null || !string.IsNullOrWhiteSpace(request.Prompt), "prompt", "It is empty.");
        problems.Require(!(request.Prompt?.Length > MaxPrompt), "prompt", $"It is longer than {MaxPrompt} characters.");
        problems.Require(
            !(request.NegativePrompt?.Length > MaxPrompt), "negative_prompt", $"It is longer than {MaxPrompt} characters.");
        problems.Require(request.K is null or >= 0 and <= MaxK, "k", $"It must be 0 to {MaxK}.");
        problems.Require(request.N is null or >= 1 and <= MaxPictures, "n", $"It must be 1 to {MaxPictures}.");
        problems.Require(request.Seed is null or >= 0 and <= MaxSeed, "seed", $"It must be 0 to {MaxSeed}.");
        problems.Require(request.GuidanceScale is null or >= 0 and <= 50, "guidance_scale", "It must be 0 to 50.");
        problems.Require(request.Priority is null or >= 0 and <= 9, "priority", "It must be 0 to 9.");
        problems.Require(
            request.RetentionSeconds is null or >= 60 and <= 90 * 86400, "retention_seconds", "It must be 60 to 7776000.");
        problems.Require(
            request.DeadlineSeconds is null or > 0 and <= 7 * 86400, "deadline_seconds",
            "It must be above 0 and at most 604800.");
        problems.Require(
            request.StartDeadlineSeconds is null or > 0 and <= 7 * 86400, "start_deadline_seconds",
            "It must be above 0 and at most 604800.");
        CheckDatabases(request.Databases ?? [], problems);
        CheckImages(request.Pinned ?? [], request.Excluded ?? [], request.K, problems);
        CheckMetadata(request.Metadata ?? new Dictionary<string, string>(), problems);
        CheckWebhook(request.Webhook, problems);
    }

    static void CheckDatabases(IReadOnlyList<DatabaseWeight> databases, Problems problems)
    {
        problems.Require(databases.Count <= MaxDatabases, "databases", $"At most {MaxDatabases} can be mixed.");
        problems.Require(
            databases.DistinctBy(database => database.Id).Count() == databases.Count, "databases", "One is named twice.");
        for (var i = 0; i < databases.Count; i++)
            problems.Require(
                databases[i].Weight is > 0 and <= 1e6, $"databases[{i}].weight", "It must be above 0 and at most 1000000.");
    }

    static void CheckImages(IReadOnlyList<string> pinned, IReadOnlyList<string> excluded, int? k, Problems problems)
    {
        problems.Require(!(pinned.Count > (k ?? MaxK)), "pinned", "More images are pinned than there are neighbors: raise k.");
        problems.Require(excluded.Count <= MaxImages, "excluded", $"At most {MaxImages} can be excluded.");
        problems.Require(!pinned.Intersect(excluded).Any(), "excluded", "An image is both pinned and excluded.");
    }

    static void CheckMetadata(IReadOnlyDictionary<string, string> metadata, Problems problems)
    {
        problems.Require(metadata.Count <= MaxLabels, "metadata", $"There are more than {MaxLabels} labels.");
        foreach (var (name, value) in metadata)
            problems.Require(name.Length is > 0 and <= MaxLabel && value?.Length <= MaxLabel, $"metadata[{name}]",
                $"Name and value must be texts of at most {MaxLabel} characters.");
    }

    static void CheckWebhook(WebhookRequest? webhook, Problems problems)
    {
        if (webhook is null)
            return;
        problems.Require(webhook.Url.Length <= MaxUrl, "webhook.url", $"It is longer than {MaxUrl} characters.");
        foreach (var type in webhook.Events.Except(EventTypes.All))
            problems.Add("webhook.events", $"There are no events of type '{type}'.");
    }
}
