using RdmCloud.Training.Data;

namespace RdmCloud.Training.Clip;

public class Caption_Tests
{
    static readonly Finish Night = Finishes.Find("night"), Neon = Finishes.Find("neon");
    static readonly DatasetImage Octopus = Picture("twemoji", "1f419", "octopus", "animal", "sea");
    static readonly DatasetImage Whale = Picture("noto", "1f40b", "whale", "animal", "spouting");

    [Fact]
    public void Describes_Name_AllPicturesOfTheSubject()
    {
        var caption = new Caption("octopus", Octopus.Key);

        Assert.True(caption.Describes(Octopus with { Hand = "noto" }, Night));
        Assert.False(caption.Describes(Whale, null));
    }

    [Fact]
    public void Describes_Keyword_AllSubjectsWithIt()
    {
        var caption = new Caption("animal", Octopus.Key, "animal");

        Assert.True(caption.Describes(Whale, null));
        Assert.False(caption.Describes(Whale with { Keywords = [] }, null));
    }

    [Fact]
    public void Describes_NameAndHand_ThisHandWithoutFinish()
    {
        var caption = Captions.Styled(Octopus, null);

        Assert.Equal("octopus, flat sticker", caption.Text);
        Assert.True(caption.Describes(Octopus, null));
        Assert.False(caption.Describes(Octopus, Night));
        Assert.False(caption.Describes(Octopus with { Hand = "noto" }, null));
    }

    [Fact]
    public void Describes_NameAndFinish_EveryHandInThisFinish()
    {
        var caption = Captions.Styled(Octopus, Night);

        Assert.Equal($"octopus, {Night.Look}", caption.Text);
        Assert.True(caption.Describes(Octopus with { Hand = "noto" }, Night));
        Assert.False(caption.Describes(Octopus, Neon));
        Assert.False(caption.Describes(Octopus, null));
        Assert.False(caption.Describes(Whale, Night));
    }

    [Fact]
    public void AllTexts_HoldEveryCaptionDrawn_AndNoKeywordHeldOut()
    {
        var image = Octopus with { HeldOutKeywords = ["tentacle"] };
        var texts = Captions.AllTexts([image], [Night]).ToHashSet();
        var random = new Random(5);

        for (var i = 0; i < 200; i++)
            Assert.Contains(Captions.Plain(image, random).Text, texts);
        Assert.Contains(Captions.Styled(image, Night).Text, texts);
        Assert.DoesNotContain(texts, text => text.Contains("tentacle"));
    }

    internal static DatasetImage Picture(string hand, string key, string name, params string[] keywords) =>
        new($"{hand}/{key}.png", hand, key, name, keywords, [], "Animals & Nature", "train", "none", "MIT", "us");
}
