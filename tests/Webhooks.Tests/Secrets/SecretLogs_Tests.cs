using RdmCloud.Contracts.Webhooks;
using RdmCloud.Logs;
using RdmCloud.Webhooks.Support;

namespace RdmCloud.Webhooks.Secrets;

public class SecretLogs_Tests
{
    [Fact]
    public async Task Secrets_AreNotLoggedWhateverHappens()
    {
        using var logs = new CapturedLogs();
        var cancel = TestContext.Current.CancellationToken;
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhooksHost.StartAsync(logs: logs);
        var made = await host.EndpointAsync(receiver);
        var own = await host.Remote().SecretAsync(WebhooksHost.Acme, null, cancel);
        var rotated = await host.Remote().RotateAsync(WebhooksHost.Acme, made.Endpoint.Id, cancel);
        await host.TellAsync();
        await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered);
        receiver.AnswerWith(System.Net.HttpStatusCode.Gone);
        await host.TellAsync();
        await host.UntilAsync(delivery => delivery.NextAttemptAt is null, 2);
        // even the tables' statements are logged
        Assert.Contains(logs.Lines, line => line.Contains("webhook_secrets", StringComparison.Ordinal));
        foreach (var secret in new[] { made.Secret.Secret, own!.Secret, rotated!.Secret })
            Assert.DoesNotContain(logs.Lines, line => line.Contains(secret["whsec_".Length..], StringComparison.Ordinal));
    }
}
