namespace RdmCloud.Diffusion.Models;

/// <summary>A model cannot be read, made or asked for what is wanted; the message tells a person why and what to do.</summary>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
