using System.Net;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Webhooks.Support;

namespace RdmCloud.Webhooks.Deliveries;

public class RecipientBreakers_Tests
{
    const string leftAlone = "Its host keeps failing and is left alone for a moment.";

    [Fact]
    public void Recipient_HasOneBreakerHoweverManyAskAtOnce()
    {
        using var breakers = new RecipientBreakers(TimeProvider.System);
        for (var round = 0; round < 100; round++)
        {
            var recipient = $"acme host{round}";
            var found = new Polly.ResiliencePipeline<Attempt>[8];
            Parallel.For(0, found.Length, i => found[i] = breakers.For(recipient));
            Assert.Single(found.Distinct());
        }
    }

    [Fact]
    public async Task HostThatKeepsFailing_IsLeftAloneForAMoment()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerWith(HttpStatusCode.InternalServerError);
        await using var host = await WebhooksHost.StartAsync();
        await host.EndpointAsync(receiver);
        for (var i = 0; i < 40; i++)
            await host.TellAsync();
        var left = await host.UntilAsync(delivery => delivery.LastError is not null, 40);
        Assert.Contains(left, delivery => delivery is { Attempts: 0, LastError: leftAlone });
        Assert.InRange(receiver.Count, 8, 20);
    }

    [Fact]
    public async Task HostThatKeepsFailingOneTenant_IsThereForAnother()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = context =>
        {
            context.Response.StatusCode = context.Request.Path == "/rival" ? 200 : 404;
            return Task.CompletedTask;
        };
        await using var host = await WebhooksHost.StartAsync();
        await host.EndpointAsync(receiver);
        for (var i = 0; i < 40; i++)
            await host.TellAsync();
        await host.UntilAsync(delivery => delivery.LastError is not null, 40);
        await host.TellAsync(tenant: WebhooksHost.Rival, target: new(new Uri(new(receiver.Url), "/rival").ToString(), []));
        await host.UntilAsync(
            delivery => delivery is { Status: DeliveryStatus.Delivered, Attempts: 1 }, tenant: WebhooksHost.Rival);
    }

    [Fact]
    public async Task HostThatWorksAgain_GetsWhatWaited()
    {
        var pause = TimeSpan.FromSeconds(31);
        await using var receiver = await Receiver.StartAsync();
        receiver.AnswerWith(HttpStatusCode.InternalServerError);
        await using var host = await WebhooksHost.StartAsync();
        await host.EndpointAsync(receiver);
        for (var i = 0; i < 8; i++)
            await host.TellAsync();
        await host.UntilAsync(delivery => delivery.Attempts == 1, 8);
        receiver.AnswerWith(HttpStatusCode.OK);
        await host.TellAsync();
        var found = await host.UntilAsync(delivery => delivery.LastError is not null, 9);
        Assert.Single(found, delivery => delivery is { Attempts: 0, LastError: leftAlone });

        host.Time.Advance(pause); // one is let through; the rest waits for what comes of it
        var now = host.Time.GetUtcNow();
        await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered
            || (delivery.NextAttemptAt > now && delivery.NextAttemptAt <= now + pause), 9);
        host.Time.Advance(pause);
        await host.UntilAsync(delivery => delivery.Status == DeliveryStatus.Delivered, 9);
    }
}
