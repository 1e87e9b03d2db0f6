namespace RdmCloud.Training.Data;

public class Slug_Tests
{
    [Theory]
    [InlineData("Grinning Face", "grinning-face")]
    [InlineData("woman’s hat", "womans-hat")]
    [InlineData("Japanese “here” button", "japanese-here-button")]
    [InlineData("A & B", "a-and-b")]
    [InlineData("piñata", "pinata")]
    [InlineData("person: beard", "person-beard")]
    public void Name_IsWrittenAsIconSetsDo(string name, string slug) => Assert.Equal(slug, Slug.Of(name));

    [Fact]
    public void FlatSlug_HasNoDashes() => Assert.Equal("grinningface", Slug.Flat("grinning face"));
}
