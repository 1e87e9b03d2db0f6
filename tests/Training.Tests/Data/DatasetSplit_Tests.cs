namespace RdmCloud.Training.Data;

public class DatasetSplit_Tests
{
    // From sha256sum: the first eight hex digits of the key's hash, modulo 100, are 1, 5, 8 to 9, and 28 and 94.
    [Theory]
    [InlineData("1f600", "val")]
    [InlineData("1f3a8", "val")]
    [InlineData("1f30f", "test")]
    [InlineData("1f98a", "train")]
    [InlineData("1f419", "train")]
    public void Subject_StaysOnItsSide(string key, string split) => Assert.Equal(split, DatasetSplit.OfSubject(key));

    [Fact]
    public void Subjects_AreDividedNinetyEightTwo()
    {
        var splits = Enumerable.Range(0, 10_000).Select(i => DatasetSplit.OfSubject(i.ToString("x4"))).CountBy(split => split)
            .ToDictionary();

        Assert.InRange(splits["train"], 8_900, 9_100);
        Assert.InRange(splits["val"], 720, 880);
        Assert.InRange(splits["test"], 150, 250);
    }

    [Fact]
    public void HeldOutPairs_DifferFromHandToHand()
    {
        var keys = Enumerable.Range(0, 1_000).Select(i => i.ToString("x4")).ToArray();
        var one = keys.Where(key => DatasetSplit.IsHeldOutPair("noto", key)).ToArray();
        var other = keys.Where(key => DatasetSplit.IsHeldOutPair("twemoji", key)).ToArray();

        Assert.InRange(one.Length, 50, 110);
        Assert.InRange(one.Intersect(other).Count(), 0, 20);
    }

    [Fact]
    public void HeldOutStyles_Exist()
    {
        Assert.Subset(EmojiHands.All.Select(hand => hand.Id).ToHashSet(), DatasetSplit.HeldOutHands.ToHashSet());
        Assert.Subset(Finishes.All.Select(finish => finish.Id).ToHashSet(), DatasetSplit.HeldOutFinishes.ToHashSet());
    }
}
