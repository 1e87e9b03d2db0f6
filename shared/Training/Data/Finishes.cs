namespace RdmCloud.Training.Data;

/// <summary>
/// The finishes of the data set. All are integer arithmetic, so that a picture has the same bytes on every machine.
/// </summary>
public static class Finishes
{
    /// <summary>Every finish, those held out of training too (<see cref="DatasetSplit.HeldOutFinishes"/>).</summary>
    public static IReadOnlyList<Finish> All { get; } =
    [
        new("night", "night, dark background", PointFinishes.Night),
        new("blueprint", "blueprint, white lines on blue", LineFinishes.Blueprint),
        new("neon", "neon lights on black", LineFinishes.Neon),
        new("sketch", "pencil sketch", LineFinishes.Sketch),
        new("sepia", "sepia photograph", ToneFinishes.Map((38, 20, 8), (150, 98, 54), (250, 234, 200))),
        new("pink", "pink monochrome", ToneFinishes.Map((74, 0, 66), (236, 64, 150), (255, 226, 240))),
        new("ice", "ice blue monochrome", ToneFinishes.Map((4, 22, 66), (54, 146, 208), (226, 248, 255))),
        new("gold", "gold", ToneFinishes.Map((28, 14, 0), (186, 122, 14), (255, 236, 150))),
        new("poster", "four-color poster", ToneFinishes.Steps((0, 44, 78), (214, 26, 32), (240, 160, 60), (252, 232, 186))),
        new("crt", "green computer screen", ToneFinishes.Screen),
        new("pixel", "pixel art", CellFinishes.Pixel),
        new("swap", "swapped colors", PointFinishes.Swap),
        new("halftone", "halftone print", CellFinishes.Halftone),
    ];

    /// <summary>The finish with this id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Finish Find(string id) => All.FirstOrDefault(finish => finish.Id == id) ?? throw new ArgumentException(
        $"There is no finish '{id}'. Known finishes: {string.Join(", ", All.Select(finish => finish.Id))}.", nameof(id));
}
