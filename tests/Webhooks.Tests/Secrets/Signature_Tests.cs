namespace RdmCloud.Webhooks.Secrets;

public class Signature_Tests
{
    [Fact]
    public void StandardsOwnExample_IsSignedAsThere() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        Signature.Sign(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek",
            DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}"""));

    [Fact]
    public void NewSecrets_AreLongAndDiffer()
    {
        var (one, other) = (Signature.NewSecret(), Signature.NewSecret());
        Assert.NotEqual(one, other);
        Assert.Equal(32, Convert.FromBase64String(one["whsec_".Length..]).Length);
    }
}
