namespace RdmCloud.Images;

/// <summary>What becomes of a picture's transparent parts.</summary>
public enum Transparency
{
    /// <summary>The opacity is kept beside the colors.</summary>
    Kept,

    /// <summary>The picture is laid on white.</summary>
    OnWhite,
}
