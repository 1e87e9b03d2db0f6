using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Rdm;

public class Neighbors_Tests
{
    [Fact]
    public void Find_FillsTheGroupsRows_NearestFirstAndNeverItself()
    {
        using var scope = NewDisposeScope();
        var embeddings = nn.functional.normalize(randn([60, 8], generator: new Generator(1)), dim: 1);
        var group = Enumerable.Range(10, 40).ToArray();
        var table = new int[60, Neighbors.Count];

        Neighbors.Find(embeddings, group, table);

        foreach (var example in group)
        {
            var expected = group.Where(other => other != example)
                .OrderByDescending(other => embeddings[example].dot(embeddings[other]).item<float>())
                .Take(Neighbors.Count);
            Assert.Equal(expected, Enumerable.Range(0, Neighbors.Count).Select(i => table[example, i]));
        }
    }

    [Fact]
    public void Find_TooFewPictures_SaysHowManyAreNeeded()
    {
        using var embeddings = ones(Neighbors.Count, 4);

        var error = Assert.Throws<TrainingException>(() => Neighbors.Find(
            embeddings, [.. Enumerable.Range(0, Neighbors.Count)], new int[Neighbors.Count, Neighbors.Count]));

        Assert.Contains("21 are needed", error.Message);
    }
}
