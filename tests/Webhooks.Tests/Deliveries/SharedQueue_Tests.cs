using RdmCloud.Contracts.Webhooks;
using RdmCloud.Webhooks.Support;

namespace RdmCloud.Webhooks.Deliveries;

public class SharedQueue_Tests
{
    const int Messages = 30;

    [Fact]
    public async Task TwoProcesses_ShareTheWorkAndSendEachMessageOnce()
    {
        var folder = Directory.CreateTempSubdirectory("rdm-webhooks-").FullName;
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = context => open.Task.WaitAsync(context.RequestAborted);
        await using (var first = await WebhooksHost.StartAsync(folder, settings: [("Webhooks:ConcurrencyPerHost", "2")]))
        await using (var second = await WebhooksHost.StartAsync(
            folder, time: first.Time, settings: [("Webhooks:ConcurrencyPerHost", "2")]))
        {
            await first.EndpointAsync(receiver);
            for (var i = 0; i < Messages; i++)
                await first.TellAsync();
            await first.UntilAsync(_ => true, Messages);
            second.Get<DeliverySignal>().Set();
            var received = new HashSet<string>();
            for (var i = 0; i < 4; i++) // one process alone would send two
                Assert.True(received.Add((await receiver.NextAsync()).Headers["webhook-id"]));
            open.SetResult();
            await first.UntilAsync(delivery => delivery is { Status: DeliveryStatus.Delivered, Attempts: 1 }, Messages);
            Assert.Equal(Messages, receiver.Count);
        }
        Directory.Delete(folder, recursive: true);
    }
}
