using MassTransit;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.ServiceDefaults.Stages;

/// <summary>What a test makes of a stage's commands.</summary>
sealed class EmbedWork(Func<ConsumeContext<EmbedPrompt>, Task> work)
{
    int tries;

    public int Tries => tries;

    public Task DoAsync(ConsumeContext<EmbedPrompt> context)
    {
        Interlocked.Increment(ref tries);
        return work(context);
    }
}
