namespace RdmCloud.Training.Data;

public class EmojiKey_Tests
{
    [Theory]
    [InlineData("☀️", "2600")]
    [InlineData("🐻‍❄️", "1f43b-200d-2744")]
    [InlineData("©", "00a9")]
    public void Text_GivesCodePointsWithoutVariationSelector(string emoji, string key) =>
        Assert.Equal(key, EmojiKey.OfText(emoji));

    [Theory]
    [InlineData("2600-FE0F", "2600")]
    [InlineData("a9", "00a9")]
    public void Hex_GivesTheSameKeyHoweverASetWritesIt(string codePoints, string key) =>
        Assert.Equal(key, EmojiKey.OfHex(codePoints));
}
