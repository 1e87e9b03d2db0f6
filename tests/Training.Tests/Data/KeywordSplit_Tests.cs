namespace RdmCloud.Training.Data;

public class KeywordSplit_Tests
{
    static readonly string HeldOut =
        Enumerable.Range(0, 1_000).Select(i => $"word{i}").First(DatasetSplit.IsHeldOutWord);

    [Fact]
    public void KeywordWithAHeldOutWord_IsHeldOut()
    {
        var split = new KeywordSplit([Named("fox")]);

        Assert.True(split.IsHeldOut(HeldOut));
        Assert.True(split.IsHeldOut($"fox {HeldOut}"));
    }

    [Fact]
    public void WordOfAName_IsNeverHeldOut()
    {
        var split = new KeywordSplit([Named($"{HeldOut} face")]);

        Assert.False(split.IsHeldOut(HeldOut));
    }

    static EmojiSubject Named(string name) => new("1", "", name, "", [], []);
}
