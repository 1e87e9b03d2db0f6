namespace RdmCloud.Training.Data;

/// <summary>How far the preparation of a data set is.</summary>
/// <param name="Hand">The hand that was just drawn.</param>
/// <param name="Images">Its pictures.</param>
/// <param name="Done">Hands drawn so far.</param>
/// <param name="Total">Hands in all.</param>
public sealed record DatasetProgress(string Hand, int Images, int Done, int Total);
