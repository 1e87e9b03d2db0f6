namespace RdmCloud.Diffusion.Import;

/// <summary>How far an import is.</summary>
/// <param name="Part">What is being written.</param>
/// <param name="Bytes">Written so far, of all parts.</param>
/// <param name="TotalBytes">Of all parts.</param>
public readonly record struct ImportProgress(string Part, long Bytes, long TotalBytes);
