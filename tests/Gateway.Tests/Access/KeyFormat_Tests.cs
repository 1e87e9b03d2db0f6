namespace RdmCloud.Gateway.Access;

public class KeyFormat_Tests
{
    [Fact]
    public void Keys_AreWholeAndNeverTheSame()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => KeyFormat.New()).ToList();
        Assert.All(keys, key => Assert.True(KeyFormat.IsWhole(key)));
        Assert.Equal(100, keys.Distinct().Count());
    }

    [Fact]
    public void AnyWrongCharacter_IsNoticed()
    {
        var key = KeyFormat.New();
        for (var i = 0; i < key.Length; i++)
            Assert.False(KeyFormat.IsWhole($"{key[..i]}{(key[i] == 'x' ? 'y' : 'x')}{key[(i + 1)..]}"), $"at {i}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("rdm_")]
    [InlineData("sk-1234567890123456789012345678901234567890")]
    public void SomethingElse_IsNoKey(string text) => Assert.False(KeyFormat.IsWhole(text));
}
