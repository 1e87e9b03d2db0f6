using Microsoft.Extensions.Options;
using RdmCloud.Contracts.Stages;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.Embedding.Queries;

/// <summary>Two batches of prompts at once: one in the model, one that gathers meanwhile.</summary>
sealed class EmbedPromptDefinition(IOptions<EmbeddingOptions> options)
    : StageDefinition<EmbedPromptConsumer, EmbedPrompt>(StageQueues.EmbedPrompt, 2 * options.Value.MaxBatch);
