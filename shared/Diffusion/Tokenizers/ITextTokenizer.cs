namespace RdmCloud.Diffusion.Tokenizers;

/// <summary>Turns a prompt into the ids that a text tower reads.</summary>
public interface ITextTokenizer
{
    /// <summary>The most ids that the text tower takes, the start and end tokens included.</summary>
    int ContextLength { get; }

    /// <summary>The ids of any text; one that is too long is cut and flagged, and keeps its end token.</summary>
    TokenizedText Encode(string text);
}
