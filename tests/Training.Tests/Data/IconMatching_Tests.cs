namespace RdmCloud.Training.Data;

public class IconMatching_Tests
{
    static readonly EmojiSubject[] Subjects =
    [
        new("1f98a", "🦊", "fox", "Animals & Nature", [], []),
        new("2600", "☀️", "sun", "Travel & Places", [], []),
        new("1f45e", "👞", "man’s shoe", "Objects", [], ["mansshoe", "shoe"]),
        new("1f382", "🎂", "birthday cake", "Food & Drink", [], []),
    ];

    [Fact]
    public void CodePoint_WinsOverName()
    {
        var set = Set(["fox", "reynard"], [("1f98a", "reynard")]);

        Assert.Equal("reynard", IconMatching.Emoji(set, Subjects)["1f98a"]);
    }

    [Fact]
    public void CodePointOfAMissingIcon_IsPassedOver()
    {
        var set = Set(["fox"], [("1f98a", "reynard")]);

        Assert.Equal("fox", IconMatching.Emoji(set, Subjects)["1f98a"]);
    }

    [Theory]
    [InlineData("mans-shoe", "1f45e")]
    [InlineData("birthdaycake", "1f382")]
    [InlineData("shoe", "1f45e")]
    [InlineData("sun-1", "2600")]
    public void Name_IsFoundHoweverTheSetWritesIt(string icon, string key)
    {
        var match = Assert.Single(IconMatching.Emoji(Set([icon], []), Subjects));

        Assert.Equal((key, icon), (match.Key, match.Value));
    }

    [Fact]
    public void GeneralIcon_HoldsEveryWordAndAtMostOneMore()
    {
        var set = Set(["sun-and-moon-rise", "cake-birthday", "sun-one", "fox"], []);

        Assert.Equal(
            new Dictionary<string, string> { ["1f98a"] = "fox", ["2600"] = "sun-one", ["1f382"] = "cake-birthday" },
            IconMatching.General(set, Subjects));
    }

    static IconSet Set(string[] names, (string, string)[] characters) =>
        new([.. names.Select(name => (name, new Icon("", 0, 0, 16, 16)))], characters);
}
