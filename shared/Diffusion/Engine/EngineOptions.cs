using System.Runtime.CompilerServices;

namespace RdmCloud.Diffusion.Engine;

/// <summary>How much the engine takes on at once.</summary>
public sealed record EngineOptions
{
    /// <summary>Pictures that are drawn at the same time, 1 at least.</summary>
    public int MaxSlots { get; init => field = AtLeast(1, value); } = 16;

    /// <summary>Rows of one network call, 2 at least; a picture with guidance needs two, one without needs one.</summary>
    public int MaxRows { get; init => field = AtLeast(2, value); } = 32;

    /// <summary>Jobs that wait inside the engine, 1 at least; further callers wait for room.</summary>
    public int QueueLength { get; init => field = AtLeast(1, value); } = 64;

    /// <summary>Pictures that are decoded in one call, 1 at least.</summary>
    public int DecodeBatch { get; init => field = AtLeast(1, value); } = 4;

    /// <summary>The shortest time between two previews of a picture.</summary>
    public TimeSpan PreviewInterval
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PreviewInterval), value, "A time cannot be negative.");
    } = TimeSpan.FromSeconds(1);

    static int AtLeast(int least, int value, [CallerMemberName] string name = "") =>
        value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be {least} at least.");
}
