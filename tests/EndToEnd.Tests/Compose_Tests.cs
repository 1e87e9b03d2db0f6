using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd;

/// <summary>The containers that the compose file starts, over what it starts beside them.</summary>
public static class Compose_Tests
{
    public const string Name = "compose";

    [CollectionDefinition(Name)]
    public sealed class Collection : ICollectionFixture<ComposeDeployment>;

    [Collection(Name)]
    [Trait("Category", "Containers")]
    public sealed class Jobs(ComposeDeployment deployment) : Suite.Jobs(deployment);

    [Collection(Name)]
    [Trait("Category", "Containers")]
    public sealed class Databases(ComposeDeployment deployment) : Suite.Databases(deployment);

    [Collection(Name)]
    [Trait("Category", "Containers")]
    public sealed class Webhooks(ComposeDeployment deployment)
    {
        [Fact]
        public async Task Job_IsToldToTheMachineThatTheContainersRunOn()
        {
            using var tenant = await deployment.TenantAsync();
            await using var receiver = await WebhookReceiver.StartAsync("0.0.0.0");
            var url = receiver.UrlOf("/job").Replace("0.0.0.0", "receiver.test");
            var job = await tenant.DrawAsync(new { prompt = "a star", steps = 2, webhook = new { url } });
            var secret = (string)(await tenant.GetAsync("/v1/webhooks/signing-secret"))["secret"]!;
            Assert.Equal((string)job["id"]!, (string)(await receiver.HearAsync("/job", "job.completed", secret))["id"]!);
        }
    }
}
