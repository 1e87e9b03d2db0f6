using System.CommandLine;
using ScottPlot;

namespace RdmCloud.Cli.Bench.Charts;

/// <summary>A chart's file: a PNG or an SVG by its name.</summary>
static class ChartFile
{
    const int Width = 1000, Height = 520;

    public static Option<string?> Option(string what)
    {
        var option = new Option<string?>("--chart") { Description = $"Draw {what} into a file.", HelpName = "FILE.png|FILE.svg" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Path.GetExtension(token.Value).ToLowerInvariant() is not (".png" or ".svg"))
                result.AddError($"--chart must name a .png or an .svg, not '{token.Value}'.");
        });
        return option;
    }

    public static void Save(string path, string title, Action<Plot> draw)
    {
        ChartFont.Use();
        using var plot = new Plot();
        plot.Title(title);
        plot.Grid.MajorLineColor = Colors.Gray.WithAlpha(0.15);
        draw(plot);
        if (Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
            plot.SaveSvg(path, Width, Height);
        else
            plot.SavePng(path, Width, Height);
    }
}
