using RdmCloud.Contracts.Generations;

namespace RdmCloud.Contracts.Stages;

public sealed record EmbedPrompt(JobReference Job, Generation Generation) : IStageCommand
{
    public static Stage Stage => Stage.Embedding;
}
