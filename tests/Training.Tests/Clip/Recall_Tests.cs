using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Clip;

public class Recall_Tests
{
    static readonly Tensor Axes = eye(6);

    [Fact]
    public void Of_KnownRanks_IsTheShareAmongTheFirstAndTheFirstFour()
    {
        using var scope = NewDisposeScope();
        // Row 0 finds itself first, row 1 second, row 2 fourth, row 3 fifth.
        var queries = tensor(new float[,]
        {
            { 9, 1, 2, 3, 4, 5 }, { 9, 8, 1, 2, 3, 4 }, { 9, 8, 6, 7, 1, 2 }, { 9, 8, 7, 5, 6, 1 },
        });

        var recall = Recall.Of(queries, Axes, (query, answer) => query == answer);

        Assert.Equal(new Recall(0.25, 0.75, 4), recall);
    }

    [Fact]
    public void Of_VectorsOfOtherLengths_RanksByTheAngle()
    {
        using var scope = NewDisposeScope();
        var database = tensor(new float[,] { { 100, 90 }, { 0.01f, 0 } });

        var recall = Recall.Of(tensor(new float[,] { { 5, 0 } }), database, (_, answer) => answer == 1);

        Assert.Equal(1, recall.At1);
    }

    [Fact]
    public void Of_DatabaseSmallerThanFour_TakesAllOfIt()
    {
        using var scope = NewDisposeScope();

        var recall = Recall.Of(tensor(new float[,] { { 1, 0 } }), eye(2), (_, answer) => answer == 1);

        Assert.Equal(new Recall(0, 1, 1), recall);
    }

    [Fact]
    public void Of_NoQueries_IsZero() =>
        Assert.Equal(new Recall(0, 0, 0), Recall.Of(empty(0, 6), Axes, (_, _) => true));
}
