using RdmCloud.Contracts;
using RdmCloud.Contracts.Generations;
using RdmCloud.Contracts.Stages;

namespace RdmCloud.ServiceDefaults.Stages;

static class Commands
{
    public static EmbedPrompt Embed(string job, int attempt = 1, DateTimeOffset? deadline = null)
    {
        var generation = new Generation
        {
            Query = new("a red heart"),
            Model = "preview-rdm",
            K = 4,
            Pictures = 1,
            Seed = 1,
            GuidanceScale = 2,
            Steps = 10,
            Sampler = SamplerKind.Ddim,
            Width = 64,
            Height = 64,
            Deadline = deadline,
            ExpiresAt = DateTimeOffset.MaxValue,
        };
        return new(new("tenant", job, attempt), generation);
    }

    public static PromptEmbedded Done(JobReference job) => new(job, Truncated: false);
}
