using RdmCloud.Images;

namespace RdmCloud.Diffusion.Engine;

/// <summary>What a request has become.</summary>
/// <param name="Waited">From when the engine was asked to when the first picture was begun.</param>
/// <param name="DeviceTime">
/// How long the device worked on it: its share, by rows, of every call that it made together with others.
/// </param>
public sealed record Drawing(IReadOnlyList<RgbImage> Pictures, TimeSpan Waited, TimeSpan DeviceTime);
