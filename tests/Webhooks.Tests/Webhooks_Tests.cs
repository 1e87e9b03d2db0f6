using Microsoft.EntityFrameworkCore;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Servers;
using RdmCloud.Webhooks.Deliveries;
using RdmCloud.Webhooks.Support;
using RdmCloud.Webhooks.Tables;
using static RdmCloud.Webhooks.Support.WebhooksHost;

namespace RdmCloud.Webhooks;

public class Webhooks_Tests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EndpointOfAnotherTenant_DoesNotExist()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync();
        var endpoint = (await host.EndpointAsync(receiver)).Endpoint.Id;
        await host.TellAsync();
        var delivery = Assert.Single(await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered)).Id;
        var webhooks = host.Webhooks;
        Assert.Empty(await webhooks.ListAsync(Rival, Cancel));
        Assert.Null(await webhooks.FindAsync(Rival, endpoint, Cancel));
        Assert.Null(await webhooks.SecretAsync(Rival, endpoint, Cancel));
        Assert.Null(await webhooks.RotateAsync(Rival, endpoint, Cancel));
        Assert.Null(await webhooks.TestAsync(Rival, endpoint, Cancel));
        Assert.Null(await webhooks.EnableAsync(Rival, endpoint, Cancel));
        Assert.Null(await webhooks.ReplayAsync(Rival, delivery, Cancel));
        Assert.Null(await webhooks.ReplaySinceAsync(Rival, endpoint, DateTimeOffset.UnixEpoch, Cancel));
        Assert.Empty((await webhooks.DeliveriesAsync(Rival, endpoint, null, null, 10, Cancel)).Items);
        Assert.False(await webhooks.DeleteAsync(Rival, endpoint, Cancel));
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task Secrets_AreEncryptedAtRestAndOutliveARestart()
    {
        var folder = Directory.CreateTempSubdirectory("rdm-webhooks-").FullName;
        string secret;
        await using (var host = await StartAsync(folder))
            secret = (await host.Webhooks.SecretAsync(Acme, null, Cancel))!.Secret;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(
                secret["whsec_".Length..], System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel)));
        await using (var host = await StartAsync(folder))
            Assert.Equal(secret, (await host.Webhooks.SecretAsync(Acme, null, Cancel))!.Secret);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task LostKeys_FailAMessageWithAReasonUntilTheSecretIsRotated()
    {
        var folder = Directory.CreateTempSubdirectory("rdm-webhooks-").FullName;
        await using var receiver = await Receiver.StartAsync();
        string endpoint;
        await using (var host = await StartAsync(folder))
            endpoint = (await host.EndpointAsync(receiver)).Endpoint.Id;
        Directory.Delete(Path.Combine(folder, "keys"), recursive: true);
        await using (var host = await StartAsync(folder))
        {
            await host.TellAsync();
            var delivery = Assert.Single(await host.UntilAsync(delivery => delivery.Attempts == 1));
            Assert.Contains("can no longer be read", delivery.LastError);
            Assert.Equal(DeliveryStatus.Pending, delivery.Status);
            for (var attempt = 1; attempt < 10; attempt++)
            {
                host.Time.Advance(delivery.NextAttemptAt!.Value - host.Time.GetUtcNow());
                delivery = Assert.Single(await host.UntilAsync(delivery => delivery.Attempts == attempt + 1));
            }
            Assert.Equal(DeliveryStatus.Failed, delivery.Status);
            Assert.Equal(0, receiver.Count);
            await Assert.ThrowsAsync<RefusedException>(() => host.Webhooks.SecretAsync(Acme, endpoint, Cancel));

            await host.Webhooks.RotateAsync(Acme, endpoint, Cancel);
            await host.Webhooks.EnableAsync(Acme, endpoint, Cancel);
            await host.Webhooks.ReplayAsync(Acme, delivery.Id, Cancel);
            await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Disabling_IsUndoneWhereItCannotBeTold()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync();
        var endpoint = (await host.EndpointAsync(receiver)).Endpoint.Id;
        await host.EndpointAsync(receiver); // is to be told
        var store = host.Get<Endpoints.EndpointStore>();
        var untold = new TenantEvent("evt_1", Acme, EventTypes.EndpointDisabled, host.Time.GetUtcNow(), "no JSON");
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => store.DisableAsync(endpoint, "gone", untold, Cancel));
        Assert.Null((await host.Webhooks.FindAsync(Acme, endpoint, Cancel))!.DisabledReason);
        Assert.True(await store.DisableAsync(endpoint, "gone", untold with { Data = "{}" }, Cancel));
        Assert.False(await store.DisableAsync(endpoint, "gone", untold with { Data = "{}" }, Cancel));
        host.Get<DeliverySignal>().Set();
        Assert.Contains("endpoint.disabled", (await receiver.NextAsync()).Body);
    }

    [Fact]
    public async Task DeletedEndpoint_GetsNothingMore()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerWith(System.Net.HttpStatusCode.InternalServerError);
        await using var host = await StartAsync();
        var endpoint = (await host.EndpointAsync(receiver)).Endpoint.Id;
        await host.TellAsync();
        await host.UntilAsync(delivery => delivery.Attempts == 1);
        Assert.True(await host.Webhooks.DeleteAsync(Acme, endpoint, Cancel));
        var canceled = Assert.Single(await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Cancelled));
        Assert.Null(await host.Webhooks.ReplayAsync(Acme, canceled.Id, Cancel));
    }

    [Fact]
    public async Task WhatIsRecordedWhileItsEndpointIsDeleted_IsNotSent()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync();
        var endpoint = (await host.EndpointAsync(receiver)).Endpoint.Id;
        await host.TellAsync();
        await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered);
        Assert.True(await host.Webhooks.DeleteAsync(Acme, endpoint, Cancel));
        await using var context = await host.Get<IDbContextFactory<WebhooksContext>>().CreateDbContextAsync(Cancel);
        await context.Deliveries.ExecuteUpdateAsync(row => row
            .SetProperty(delivery => delivery.Status, DeliveryStatus.Pending)
            .SetProperty(delivery => delivery.NextAttemptAt, host.Time.GetUtcNow()), Cancel);
        host.Get<DeliverySignal>().Set();
        await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Cancelled);
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task UnknownEvent_IsRefusedWithThoseThereAre()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => host.EndpointAsync(receiver, "job.done"));
        Assert.Equal("events", refused.Field);
        Assert.Contains("job.completed", refused.Message);
    }

    [Fact]
    public async Task EveryAnswer_IsTheSameOverHttp()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync();
        var far = host.Remote();
        var made = await far.CreateAsync(Acme, receiver.Url, [EventTypes.JobCompleted], "Mine", Cancel);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => host.Webhooks.CheckAsync("https://10.0.0.1/", Cancel));
        var refusedFar = await Assert.ThrowsAsync<RefusedException>(() => far.CheckAsync("https://10.0.0.1/", Cancel));
        Assert.Equal((refused.Message, "url"), (refusedFar.Message, refusedFar.Field));
        await far.CheckAsync(receiver.Url, Cancel);
        Assert.Equal(DeliveryStatus.Pending, (await far.TestAsync(Acme, made.Endpoint.Id, Cancel))!.Status);
        Assert.Contains("webhook.test", (await receiver.NextAsync()).Body);
        var delivery = Assert.Single(await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered));
        await AssertSameAsync(webhooks => webhooks.FindAsync(Acme, made.Endpoint.Id, Cancel));
        await AssertSameAsync(webhooks => webhooks.FindAsync(Rival, made.Endpoint.Id, Cancel));
        await AssertSameAsync(webhooks => webhooks.ListAsync(Acme, Cancel));
        await AssertSameAsync(webhooks => webhooks.SecretAsync(Acme, made.Endpoint.Id, Cancel));
        await AssertSameAsync(webhooks => webhooks.SecretAsync(Acme, null, Cancel));
        await AssertSameAsync(webhooks =>
            webhooks.DeliveriesAsync(Acme, made.Endpoint.Id, DeliveryStatus.Delivered, "x", 10, Cancel));
        await AssertSameAsync(webhooks => webhooks.ReplayAsync(Rival, delivery.Id, Cancel));
        Assert.NotEqual(made.Secret.Secret, (await far.RotateAsync(Acme, made.Endpoint.Id, Cancel))!.Secret);
        Assert.Equal(0, await far.ReplaySinceAsync(Acme, made.Endpoint.Id, host.Time.GetUtcNow().AddHours(-1), Cancel));
        Assert.Null(await far.ReplaySinceAsync(Rival, made.Endpoint.Id, host.Time.GetUtcNow(), Cancel));
        Assert.Equal(delivery.Id, (await far.ReplayAsync(Acme, delivery.Id, Cancel))!.Id);
        await receiver.NextAsync();
        Assert.NotNull(await far.EnableAsync(Acme, made.Endpoint.Id, Cancel));
        Assert.False(await far.DeleteAsync(Rival, made.Endpoint.Id, Cancel));
        Assert.True(await far.DeleteAsync(Acme, made.Endpoint.Id, Cancel));

        async Task AssertSameAsync<T>(Func<IWebhooks, Task<T>> ask) =>
            Assert.Equivalent(await ask(host.Webhooks), await ask(far), strict: true);
    }

    [Fact]
    public async Task Tables_MayLieInPostgreSql()
    {
        var connection = await postgres.CreateDatabaseAsync("webhooks", Cancel);
        await using var receiver = await Receiver.StartAsync();
        await using var host = await StartAsync(settings: [("Database:PostgreSql", connection)]);
        await host.EndpointAsync(receiver);
        await host.TellAsync();
        await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered);
    }
}
