using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Logging;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Telemetry;

namespace RdmCloud.ServiceDefaults.Stages;

/// <summary>
/// Around every stage's consumer: a job that is over is dropped, and a failure is told to the ledger, which decides what is next.
/// Only what fails at the last attempt, unforeseen, goes to the dead letters.
/// </summary>
sealed class StageFilter<TCommand>(JobCancellations jobs, StageOptions options, ILogger logger)
    : IFilter<ConsumeContext<TCommand>>
    where TCommand : class, IStageCommand
{
    public async Task Send(ConsumeContext<TCommand> context, IPipe<ConsumeContext<TCommand>> next)
    {
        var command = context.Message;
        using var job = jobs.Hold(command.Job.Job, command.Generation.Deadline, context.CancellationToken);
        if (job.IsOver)
        {
            await context.SettleAsync(nameof(StageFilter<>));
            return;
        }
        context.AddOrUpdatePayload(() => job, _ => job);
        Activity.Current.Tag(command.Job.Tenant, command.Job.Job);
        using var scope = logger.BeginScope("Job {Job} of tenant {Tenant}", command.Job.Job, command.Job.Tenant);
        try
        {
            await next.Send(context);
        }
        catch (Exception) when (job.IsOver)
        {
            // Nobody waits for it any more: the ledger has made it canceled or expired.
            await context.SettleAsync(nameof(StageFilter<>));
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            throw; // this process stops; the message goes back to its queue
        }
        catch (RefusedException refused)
        {
            await FailAsync(refused.Message, transient: false);
            await context.SettleAsync(nameof(StageFilter<>));
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "{Stage} of job {Job} of tenant {Tenant} failed at attempt {Attempt}",
                TCommand.Stage, command.Job.Job, command.Job.Tenant, command.Job.Attempt);
            var isLast = command.Job.Attempt >= options.MaxAttempts;
            var stage = TCommand.Stage.ToString().ToLowerInvariant();
            await FailAsync($"The {stage} failed, and trying again did not help.", !isLast);
            if (isLast)
                throw;
            await context.SettleAsync(nameof(StageFilter<>));
        }

        Task FailAsync(string reason, bool transient) =>
            context.PublishAsync(new StageFailed(command.Job, TCommand.Stage, reason, transient), context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("stage");
}
