using RdmCloud.Images;
using RdmCloud.VectorStore.Mixing;

namespace RdmCloud.Cli.Generate;

/// <param name="QueryEntry">The id of the database entry that was the query, where one was.</param>
sealed record DrawnPicture(
    Query Query, Style Style, ulong Seed, string? QueryEntry, IReadOnlyList<MixedNeighbor> Neighbors, RgbImage Image);
