namespace RdmCloud.ObjectStore;

public class ObjectKey_Tests
{
    [Theory]
    [InlineData("a")]
    [InlineData("tenant/job/0.png")]
    [InlineData("transit/0197f6d2-aaaa-7bbb-8ccc-0123456789ab/0.safetensors")]
    [InlineData("A-b_c.d..e/0")]
    public void PlainKey_IsTaken(string key) => Assert.Equal(key, ObjectKey.Check(key));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a/..")]
    [InlineData("..\\a")]
    [InlineData("a\\..\\..\\b")]
    [InlineData("%2e%2e/a")]
    [InlineData("a%2fb")]
    [InlineData("C:/a")]
    [InlineData("~/a")]
    [InlineData(".hidden")]
    [InlineData("a.")]
    [InlineData("a b")]
    [InlineData("a?b")]
    [InlineData("a+b")]
    [InlineData("größe")]
    [InlineData("a\u2215b")]
    [InlineData("a\n")]
    [InlineData("a\0b")]
    public void OtherKey_IsRefused(string key) => Assert.Throws<ObjectKeyException>(() => ObjectKey.Check(key));

    [Fact]
    public void LongKey_IsRefusedBeyondTheLimit()
    {
        var key = string.Concat(Enumerable.Repeat("123456789/", 102)) + "1234";
        Assert.Equal(key, ObjectKey.Check(key));
        Assert.Throws<ObjectKeyException>(() => ObjectKey.Check(key + "5"));
        Assert.Throws<ObjectKeyException>(() => ObjectKey.Check(new('a', 201)));
    }

    [Fact]
    public void Refusal_RepeatsNoControlCharacters() =>
        Assert.DoesNotContain('\u001b', Assert.Throws<ObjectKeyException>(() => ObjectKey.Check("\u001b[2J")).Message);

    [Theory]
    [InlineData("")]
    [InlineData("transit/")]
    [InlineData("tenant/jo")]
    public void Prefix_IsTakenIfAKeyCanStartWithIt(string prefix) => Assert.Equal(prefix, ObjectKey.CheckPrefix(prefix));

    [Theory]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("a/../")]
    [InlineData("a//")]
    public void Prefix_IsRefusedIfNoKeyCan(string prefix) =>
        Assert.Throws<ObjectKeyException>(() => ObjectKey.CheckPrefix(prefix));
}
