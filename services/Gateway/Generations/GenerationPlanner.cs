using System.Security.Cryptography;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Models;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Gateway.Access;
using RdmCloud.Gateway.Ledger;
using RdmCloud.Gateway.Models;

namespace RdmCloud.Gateway.Generations;

/// <summary>Makes of a request a generation that lacks nothing, or says what is wrong with it.</summary>
public sealed class GenerationPlanner(
    ModelCatalog models, DatabaseChooser databases, IWebhooks webhooks, QueryImages images, TimeProvider time)
{
    static readonly TimeSpan retention = TimeSpan.FromDays(7);

    /// <exception cref="ValidationException">The request cannot be done as it is.</exception>
    public async Task<Job> PlanAsync(
        GenerationRequest request, Caller caller, string id, string? traceParent, CancellationToken cancellationToken)
    {
        var problems = new Problems();
        GenerationLimits.Check(request, problems);
        var model = await models.FindAsync(request.Model, cancellationToken);
        if (model is null)
            problems.Add("model", $"There is no model '{request.Model}'.");
        else
            CheckModel(request, model, problems);
        if (problems.Any)
            throw problems.ToException();
        if (request.Webhook is { } webhook)
            await CheckWebhookAsync(webhook, cancellationToken);
        var choices = request.K == 0
            ? []
            : await databases.ChooseAsync(request.Databases, caller.Tenant, model!, cancellationToken);
        var now = time.GetUtcNow();
        var generation = new Generation
        {
            Query = await QueryAsync(request, caller, id, cancellationToken),
            NegativePrompt = string.IsNullOrWhiteSpace(request.NegativePrompt) ? null : request.NegativePrompt,
            Model = model!.Name,
            Databases = choices,
            K = choices.Count == 0 ? 0 : request.K ?? model.Defaults.K,
            Pinned = request.Pinned ?? [],
            Excluded = request.Excluded ?? [],
            Pictures = request.N ?? 1,
            Seed = request.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue),
            GuidanceScale = request.GuidanceScale ?? model.Defaults.GuidanceScale,
            Steps = request.Steps ?? model.Defaults.Steps,
            Sampler = request.Sampler ?? model.Defaults.Sampler,
            Width = request.Width ?? model.Defaults.Width,
            Height = request.Height ?? model.Defaults.Height,
            Format = request.Format ?? PictureFormat.Png,
            Previews = request.Previews ?? false,
            Lane = request.Lane ?? Lane.Interactive,
            Deadline = request.DeadlineSeconds is { } deadline ? now.AddSeconds(deadline) : null,
            ExpiresAt = now + (request.RetentionSeconds is { } kept ? TimeSpan.FromSeconds(kept) : retention),
        };
        return JobOf(generation, request, caller, id, traceParent, now);
    }

    static Job JobOf(
        Generation generation, GenerationRequest request, Caller caller, string id, string? traceParent, DateTimeOffset now)
    {
        var metadata = request.Metadata ?? new Dictionary<string, string>();
        return new()
        {
            Id = id,
            Tenant = caller.Tenant,
            ApiKey = caller.ApiKey,
            Model = generation.Model,
            Lane = generation.Lane,
            Priority = request.Priority ?? 5,
            Pictures = generation.Pictures,
            Cost = generation.Pictures * generation.Steps,
            CreatedAt = now,
            StartBy = request.StartDeadlineSeconds is { } start ? now.AddSeconds(start) : null,
            Deadline = generation.Deadline,
            ExpiresAt = generation.ExpiresAt,
            Generation = LedgerJson.Write(generation),
            Metadata = LedgerJson.Write(metadata),
            Webhook = request.Webhook is { } webhook ? LedgerJson.Write(new WebhookTarget(webhook.Url, webhook.Events)) : null,
            TraceParent = traceParent,
            Tags =
            [
                .. generation.Databases
                    .Select(database => new JobTag { Job = id, Name = JobTag.Database, Value = database.Database }),
                .. metadata
                    .Select(label => new JobTag { Job = id, Name = JobTag.MetadataPrefix + label.Key, Value = label.Value }),
            ],
        };
    }

    static void CheckModel(GenerationRequest request, ModelDescription model, Problems problems)
    {
        CheckSide("width", request.Width);
        CheckSide("height", request.Height);
        problems.Require(request.Steps is null || request.Steps >= 1 && request.Steps <= model.MaxSteps, "steps",
            $"It must be 1 to {model.MaxSteps} with this model.");
        problems.Require(request.Vector is null || request.Vector.Length == model.Dimension, "vector",
            $"It must have {model.Dimension} numbers: an embedding of {model.EmbeddingSpace}.");
        problems.Require(request.Vector?.All(value => Half.IsFinite((Half)value)) ?? true, "vector",
            "It holds numbers beyond float16.");

        void CheckSide(string field, int? side) => problems.Require(
            side is null || side > 0 && side <= model.MaxSide && side % model.SizeMultiple == 0, field,
            $"It must be a multiple of {model.SizeMultiple}, at most {model.MaxSide}, with this model.");
    }

    async Task CheckWebhookAsync(WebhookRequest webhook, CancellationToken cancellationToken)
    {
        try
        {
            await webhooks.CheckAsync(webhook.Url, cancellationToken);
        }
        catch (RefusedException refused)
        {
            throw new ValidationException("webhook.url", refused.Message);
        }
    }

    async Task<GenerationQuery> QueryAsync(
        GenerationRequest request, Caller caller, string id, CancellationToken cancellationToken) =>
        request switch
        {
            { Prompt: { } prompt } => new(Text: prompt),
            { Vector: { } vector } => new(Vector: PackedEmbedding.Pack(vector)),
            _ => new(ImageKey: await images.KeepAsync(
                request.Image!, caller, JobKeys.Query(caller.Tenant, id), cancellationToken)),
        };
}
