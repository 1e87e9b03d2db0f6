namespace RdmCloud.Cli.Bench.Load;

/// <summary>Things to draw: enough different ones that not every prompt is embedded already.</summary>
static class Prompts
{
    static readonly string[] colors = ["red", "orange", "yellow", "green", "blue", "purple", "brown", "black", "white", "gray"];
    static readonly string[] things =
    [
        "heart", "star", "apple", "boat", "house", "tree", "cat", "dog", "fish", "bird", "car", "cup", "flower", "key", "clock",
            "moon", "sun", "hat", "shoe", "ball",
    ];

    public static string Of(int number) => $"a {colors[number % colors.Length]} {things[number / colors.Length % things.Length]}";
}
