using SkiaSharp;

namespace RdmCloud.Images;

/// <summary>The squares beneath a picture for its neighbors: five to ten in a line, over the whole width.</summary>
readonly record struct NeighborStrip(int Side, int Gap, int InLine, int Height)
{
    public static NeighborStrip For(int count, int width, int gap)
    {
        var inLine = Math.Clamp(count, 5, 10);
        var side = Math.Max((width - (inLine - 1) * gap) / inLine, 1);
        var lines = (count + inLine - 1) / inLine;
        return new NeighborStrip(side, gap, inLine, lines * (side + gap));
    }

    public SKRect Place(int index, int left, int top) =>
        SKRect.Create(left + index % InLine * (Side + Gap), top + index / InLine * (Side + Gap), Side, Side);
}
