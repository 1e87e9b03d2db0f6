namespace RdmCloud.Training.Data;

/// <summary>A data set cannot be prepared or read; the message says what is wrong, where, and what to do.</summary>
public sealed class DatasetException(string message, Exception? cause = null) : Exception(message, cause);
