namespace RdmCloud.Training;

/// <summary>A training cannot go on; the message says why and what to do.</summary>
public sealed class TrainingException(string message) : Exception(message);
