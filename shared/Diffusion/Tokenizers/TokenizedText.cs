using System.Collections.Immutable;

namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>A tokenized prompt.</summary>
/// <param name="Ids">The ids from the start token to the end token, without padding.</param>
/// <param name="Truncated">Whether the prompt was longer than the context and lost its tail.</param>
public sealed record TokenizedText(ImmutableArray<int> Ids, bool Truncated);
