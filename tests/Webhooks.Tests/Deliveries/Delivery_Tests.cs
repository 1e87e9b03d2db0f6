using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Webhooks.Support;
using StandardWebhooks;

namespace RdmCloud.Webhooks.Deliveries;

public class Delivery_Tests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_ArrivesSignedAsTheStandardWantsIt()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhooksHost.StartAsync(time: new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var secret = (await host.EndpointAsync(receiver)).Secret.Secret;
        var happened = await host.TellAsync();
        var received = await receiver.NextAsync();
        Verify(received, secret);
        Assert.Equal(happened.Id, received.Headers["webhook-id"]);
        var told = ActivityContext.Parse(received.Headers["traceparent"]!, null);
        var job = ActivityContext.Parse(happened.TraceParent!, null);
        Assert.Equal(job.TraceId, told.TraceId);
        Assert.NotEqual(job.SpanId, told.SpanId); // the attempt is a span of its own
        Assert.Equal("application/json", received.Headers["content-type"]);
        Assert.Matches("""^\{"type":"job.completed","timestamp":"[0-9T:.-]+Z","data":\{"id":"gen_1"\}\}$""", received.Body);
        var delivery = Assert.Single(await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered));
        Assert.Equal(
            (1, 200, null, null),
            (delivery.Attempts, delivery.ResponseStatus, delivery.LastError, delivery.NextAttemptAt));
    }

    [Fact]
    public async Task AddressGivenWithAJob_IsSignedWithTheTenantsOwnSecret()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhooksHost.StartAsync(time: new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        await host.TellAsync(EventTypes.JobQueued, target: new(receiver.Url, [EventTypes.JobCompleted]));
        await host.TellAsync(EventTypes.JobCompleted, target: new(receiver.Url, [EventTypes.JobCompleted]));
        var received = await receiver.NextAsync();
        Assert.Contains("job.completed", received.Body);
        Verify(received, (await host.Webhooks.SecretAsync(WebhooksHost.Acme, null, Cancel))!.Secret);
    }

    [Fact]
    public async Task RotatedSecret_SignsBesideTheFormerForADay()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhooksHost.StartAsync(time: new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var made = await host.EndpointAsync(receiver);
        var rotated = await host.Webhooks.RotateAsync(WebhooksHost.Acme, made.Endpoint.Id, Cancel);
        await host.TellAsync();
        var received = await receiver.NextAsync();
        Verify(received, made.Secret.Secret);
        Verify(received, rotated!.Secret);
        Assert.Equal(host.Time.GetUtcNow().AddDays(1), rotated.PreviousUntil);

        host.Time.Advance(TimeSpan.FromDays(1));
        await host.TellAsync();
        Assert.DoesNotContain(' ', (await receiver.NextAsync()).Headers["webhook-signature"]);
        Assert.Null((await host.Webhooks.SecretAsync(WebhooksHost.Acme, made.Endpoint.Id, Cancel))!.PreviousUntil);
    }

    [Fact]
    public async Task EventToldTwice_ArrivesOnce()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhooksHost.StartAsync();
        await host.EndpointAsync(receiver);
        await host.TellAsync(id: "evt_same", times: 5);
        await host.TellAsync(id: "evt_last");
        await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered, count: 2);
        Assert.Equal(2, receiver.Count);
    }

    [Fact]
    public async Task Endpoint_GetsTheEventsThatItWants()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhooksHost.StartAsync();
        await host.EndpointAsync(receiver, EventTypes.JobFailed);
        await host.TellAsync(EventTypes.JobCompleted);
        await host.TellAsync(EventTypes.JobFailed, tenant: WebhooksHost.Rival);
        await host.TellAsync(EventTypes.JobFailed);
        Assert.Contains("job.failed", (await receiver.NextAsync()).Body);
        Assert.Single(await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered));
    }

    [Fact]
    public async Task MessageThatFails_IsTriedTenTimesWithTheSameIdAndANewTimestamp()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerWith(HttpStatusCode.InternalServerError);
        await using var host = await WebhooksHost.StartAsync();
        await host.EndpointAsync(receiver);
        await host.TellAsync(id: "evt_same");
        var timestamps = new HashSet<string>();
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            var received = await receiver.NextAsync();
            Assert.Equal("evt_same", received.Headers["webhook-id"]);
            Assert.True(timestamps.Add(received.Headers["webhook-timestamp"]));
            var delivery = Assert.Single(await host.UntilAsync(delivery => delivery.Attempts == attempt));
            Assert.Equal("It answered 500.", delivery.LastError);
            if (delivery.NextAttemptAt is { } next)
                host.Time.Advance(next - host.Time.GetUtcNow());
        }
        var last = Assert.Single(await host.UntilAsync(delivery => delivery.NextAttemptAt is null));
        Assert.Equal(DeliveryStatus.Failed, last.Status);
    }

    [Fact]
    public async Task EndpointWhereNothingArrivesForDays_IsDisabledAndTheOthersAreTold()
    {
        await using var dead = await Receiver.StartAsync();
        await using var alive = await Receiver.StartAsync();
        dead.AnswerWith(HttpStatusCode.InternalServerError);
        await using var host = await WebhooksHost.StartAsync();
        var endpoint = (await host.EndpointAsync(dead, EventTypes.JobCompleted)).Endpoint.Id;
        await host.EndpointAsync(alive, EventTypes.EndpointDisabled);
        await host.TellAsync();
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            await dead.NextAsync();
            var delivery = (await host.UntilAsync(delivery => delivery.Endpoint != endpoint || delivery.Attempts == attempt))[^1];
            if (delivery.NextAttemptAt is { } next)
                host.Time.Advance(next - host.Time.GetUtcNow());
        }
        Assert.Contains(endpoint, (await alive.NextAsync()).Body);
        Assert.StartsWith("Nothing has arrived there since 2026-01-02",
            (await host.Webhooks.FindAsync(WebhooksHost.Acme, endpoint, Cancel))!.DisabledReason);
    }

    [Fact]
    public async Task EndpointThatIsGone_IsDisabledAndWhatWaitedForItCanBeSentLater()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerWith(HttpStatusCode.ServiceUnavailable);
        await using var host = await WebhooksHost.StartAsync();
        var endpoint = (await host.EndpointAsync(receiver)).Endpoint.Id;
        await host.TellAsync(id: "evt_waits");
        await host.UntilAsync(delivery => delivery.Attempts == 1);
        receiver.AnswerWith(HttpStatusCode.Gone);
        await host.TellAsync(id: "evt_gone");
        await host.UntilAsync(delivery => delivery.Status is DeliveryStatus.Failed or DeliveryStatus.Cancelled, count: 2);
        Assert.Equal(
            "It answered 410 Gone.", (await host.Webhooks.FindAsync(WebhooksHost.Acme, endpoint, Cancel))!.DisabledReason);
        await host.TellAsync(id: "evt_ignored");
        var waits = (await host.Webhooks.DeliveriesAsync(WebhooksHost.Acme, endpoint, null, null, 1, Cancel)).Items[0].Id;
        foreach (var attempt in (Func<Task>[])
        [
            () => host.Webhooks.ReplayAsync(WebhooksHost.Acme, waits, Cancel),
            () => host.Webhooks.ReplaySinceAsync(WebhooksHost.Acme, endpoint, DateTimeOffset.UnixEpoch, Cancel),
            () => host.Webhooks.TestAsync(WebhooksHost.Acme, endpoint, Cancel),
        ])
            Assert.Contains("410 Gone. Enable it first.", (await Assert.ThrowsAsync<RefusedException>(attempt)).Message);

        receiver.AnswerWith(HttpStatusCode.OK);
        Assert.Null((await host.Webhooks.EnableAsync(WebhooksHost.Acme, endpoint, Cancel))!.DisabledReason);
        Assert.Equal(2, await host.Webhooks.ReplaySinceAsync(WebhooksHost.Acme, endpoint, DateTimeOffset.UnixEpoch, Cancel));
        await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered, count: 2);
    }

    [Fact]
    public async Task BusyReceiver_IsLeftTheTimeItAsksFor()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerWith(HttpStatusCode.TooManyRequests, ("Retry-After", "120"));
        await using var host = await WebhooksHost.StartAsync();
        await host.EndpointAsync(receiver);
        await host.TellAsync();
        var delivery = Assert.Single(await host.UntilAsync(delivery => delivery.Attempts == 1));
        Assert.Equal(120, (delivery.NextAttemptAt!.Value - host.Time.GetUtcNow()).TotalSeconds, 1.0);
    }

    [Fact]
    public async Task BusyReceiver_MayNameATimeOfDay()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhooksHost.StartAsync();
        var inThreeMinutes = host.Time.GetUtcNow().AddMinutes(3).ToString("R");
        receiver.AnswerWith(HttpStatusCode.ServiceUnavailable, ("Retry-After", inThreeMinutes));
        await host.EndpointAsync(receiver);
        await host.TellAsync();
        var delivery = Assert.Single(await host.UntilAsync(delivery => delivery.Attempts == 1));
        Assert.Equal(180, (delivery.NextAttemptAt!.Value - host.Time.GetUtcNow()).TotalSeconds, 1.0);
    }

    [Fact]
    public async Task SlowReceiver_IsGivenUpAndHoldsNoOtherUp()
    {
        await using var slow = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        slow.Answer = context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await using var host = await WebhooksHost.StartAsync(settings: [("Webhooks:Concurrency", "8")]);
        await host.EndpointAsync(slow);
        for (var i = 0; i < 20; i++)
            await host.TellAsync();
        for (var i = 0; i < 4; i++)
            await slow.NextAsync(); // as many as one host may be sent at once
        await host.TellAsync(target: new(quick.Url, []));
        await quick.NextAsync();
        Assert.Equal(4, slow.Count);
        host.Time.Advance(TimeSpan.FromSeconds(16));
        var given = await host.UntilAsync(delivery =>
            delivery.Url == quick.Url || delivery.Attempts > 0 || delivery.Status == DeliveryStatus.Pending, 21);
        while (given.Count(delivery => delivery.LastError == "It did not answer in 15 seconds.") < 4)
            given = await host.UntilAsync(_ => true, 21);
    }

    [Fact]
    public async Task AnswerWithoutEnd_IsCutOff()
    {
        await using var receiver = await Receiver.StartAsync();
        var cutOff = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = async context =>
        {
            using var registration = context.RequestAborted.Register(cutOff.SetResult);
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[1 << 20], context.RequestAborted);
        };
        await using var host = await WebhooksHost.StartAsync();
        await host.EndpointAsync(receiver);
        await host.TellAsync();
        await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered);
        await cutOff.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel); // or else the answer has no end
    }

    [Fact]
    public async Task ProcessThatDiesInTheMiddle_IsFollowedByOneThatTriesAgain()
    {
        var folder = Directory.CreateTempSubdirectory("rdm-webhooks-").FullName;
        var time = new FakeTimeProvider(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = context =>
            Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        await using (var first = await WebhooksHost.StartAsync(folder, time: time))
        {
            await first.EndpointAsync(receiver);
            await first.TellAsync();
            await receiver.NextAsync();
        }
        receiver.AnswerWith(HttpStatusCode.OK);
        await using (var second = await WebhooksHost.StartAsync(folder, time: time))
        {
            Assert.Equal(0, Assert.Single(await second.UntilAsync(_ => true)).Attempts);
            time.Advance(TimeSpan.FromMinutes(1)); // the claim of the first
            await receiver.NextAsync();
            await second.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task WhatWasSent_IsForgottenInTime()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await WebhooksHost.StartAsync();
        await host.EndpointAsync(receiver);
        await host.TellAsync();
        await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered);
        host.Time.Advance(TimeSpan.FromDays(31));
        while ((await host.Webhooks.DeliveriesAsync(WebhooksHost.Acme, null, null, null, 10, Cancel)).Items.Count > 0)
            host.Time.Advance(TimeSpan.FromSeconds(5));
    }

    /// <summary>
    /// One of the signatures is the secret's. Each is looked at alone: this library reads the first of a list only.
    /// </summary>
    static void Verify(Received received, string secret) =>
        Assert.Contains(received.Headers["webhook-signature"].Split(' '), signature =>
        {
            var headers = new HeaderDictionary
            {
                ["webhook-id"] = received.Headers["webhook-id"],
                ["webhook-timestamp"] = received.Headers["webhook-timestamp"],
                ["webhook-signature"] = signature,
            };
            return Record.Exception(() => new StandardWebhook(secret).Verify(received.Body, headers)) is null;
        });
}
