namespace RdmCloud.Training.Data;

public class EmojiSubject_Tests
{
    [Theory]
    [InlineData("1f98a", "fox", "Animals & Nature", true)]
    [InlineData("1f468", "man", "People & Body", true)]
    [InlineData("1f9d1-200d-1f680", "astronaut", "People & Body", true)]
    [InlineData("1f468-200d-1f680", "man astronaut", "People & Body", false)]
    [InlineData("1f468-200d-1f9b0", "man: red hair", "People & Body", false)]
    [InlineData("1f468-200d-1f467", "family: man, girl", "People & Body", false)]
    [InlineData("0031-20e3", "keycap: 1", "Symbols", false)]
    [InlineData("1f3c1", "chequered flag", "Flags", false)]
    public void Core_HoldsEverySubjectOnce(string key, string name, string group, bool isCore) =>
        Assert.Equal(isCore, new EmojiSubject(key, "", name, group, [], []).IsCore);

    [Theory]
    [InlineData("green heart", true)]
    [InlineData("Red square", true)]
    [InlineData("evergreen tree", false)]
    public void ColorInTheName_IsFoundAsAWord(string name, bool isNamedForColor) =>
        Assert.Equal(isNamedForColor, new EmojiSubject("1", "", name, "", [], []).IsNamedForColor);
}
