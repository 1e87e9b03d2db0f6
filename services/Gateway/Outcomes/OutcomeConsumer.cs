using MassTransit;
using Microsoft.Extensions.Options;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Stages;
using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Outcomes;

/// <summary>Every stage's outcome lands in the ledger.</summary>
public sealed class OutcomeConsumer(JobLedger ledger, IOptions<LedgerOptions> options) :
    IConsumer<PromptEmbedded>, IConsumer<NeighborsRetrieved>, IConsumer<SamplingProgressed>, IConsumer<PreviewDrawn>,
    IConsumer<ImagesSampled>, IConsumer<ImagesStored>, IConsumer<StageFailed>, IConsumer<ResultsExpired>
{
    readonly LedgerOptions limits = options.Value;

    public Task Consume(ConsumeContext<PromptEmbedded> context) =>
        ChangeAsync(context, context.Message.Job, (job, now) => job.Embedded(context.Message, now + limits.StageTimeout, now));

    public Task Consume(ConsumeContext<NeighborsRetrieved> context) =>
        ChangeAsync(
            context, context.Message.Job, (job, now) => job.Retrieved(context.Message, now + limits.SamplingTimeout, now));

    public Task Consume(ConsumeContext<SamplingProgressed> context) =>
        ChangeAsync(
            context, context.Message.Job, (job, now) => job.Progressed(context.Message, now + limits.SamplingTimeout, now));

    public Task Consume(ConsumeContext<PreviewDrawn> context) =>
        ChangeAsync(context, context.Message.Job, (job, now) => job.Previewed(context.Message, now));

    public Task Consume(ConsumeContext<ImagesSampled> context) =>
        ChangeAsync(context, context.Message.Job, (job, now) => job.Sampled(context.Message, now + limits.StageTimeout));

    public Task Consume(ConsumeContext<ImagesStored> context) =>
        ChangeAsync(context, context.Message.Job, (job, now) => job.Stored(context.Message, now));

    public Task Consume(ConsumeContext<StageFailed> context) =>
        ChangeAsync(
            context, context.Message.Job, (job, now) => job.Failed(context.Message, now + limits.DelayOf(job.Attempt), now));

    public Task Consume(ConsumeContext<ResultsExpired> context) =>
        ledger.ChangeAsync(context.Message.Job, (job, _) => job.LoseResults(), context.CancellationToken);

    Task ChangeAsync(ConsumeContext context, JobReference reference, Action<Job, DateTimeOffset> change) =>
        ledger.ChangeAsync(reference.Job, change, context.CancellationToken);
}
