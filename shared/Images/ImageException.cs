namespace RdmCloud.Images;

/// <summary>A file that is not a picture that can be read; the message says what is wrong with it.</summary>
public sealed class ImageException(string message) : Exception(message);
