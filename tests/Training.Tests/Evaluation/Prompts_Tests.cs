using RdmCloud.Training.Styles;
using RdmCloud.VectorStore;

namespace RdmCloud.Training.Evaluation;

public class Prompts_Tests
{
    static readonly StyleDatabase Style = new("flat", "flat", [.. Enumerable.Range(0, 200).Select(subject =>
        new DatabaseRow(new float[] { 1, subject }, new Provenance($"flat/{subject:x}", Title: $"thing {subject:x}")))]);

    [Fact]
    public void Choose_WithTheSameSeed_GivesTheSamePrompts_AndWithAnotherOthers()
    {
        Assert.Equal(Prompts.Choose([Style], 9, seed: 1), Prompts.Choose([Style], 9, seed: 1));
        Assert.NotEqual(Prompts.Choose([Style], 9, seed: 1), Prompts.Choose([Style], 9, seed: 2));
    }

    [Fact]
    public void Choose_TakesSubjectsThatAreHeldOut()
    {
        var heldOut = Style.Rows.Where(StyleDatabase.IsHeldOut).Select(StyleDatabase.TitleOf).ToArray();
        Assert.Subset(heldOut.ToHashSet(), Prompts.Choose([Style], 500, seed: 0).ToHashSet());
    }
}
