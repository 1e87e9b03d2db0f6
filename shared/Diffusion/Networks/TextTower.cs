using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Networks;

/// <summary>A network from tokens to embeddings in the space that it shares with an <see cref="ImageTower"/>.</summary>
public abstract class TextTower(string name, int contextLength, int vocabularySize) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>The most tokens of a text.</summary>
    public int ContextLength => contextLength;

    public int VocabularySize => vocabularySize;

    /// <summary>
    /// Token ids (B, T) int64, shorter texts padded with zeros at the end;
    /// T ≤ <see cref="ContextLength"/> → (B, D), not normalized.
    /// </summary>
    public abstract override Tensor forward(Tensor tokens);
}
