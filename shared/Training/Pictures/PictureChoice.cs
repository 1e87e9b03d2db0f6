using RdmCloud.Training.Data;

namespace RdmCloud.Training.Pictures;

/// <summary>A picture of a set, in a finish or as it is, mirrored or not.</summary>
public readonly record struct PictureChoice(int Index, Finish? Finish = null, bool Mirrored = false);
