using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MassTransit;
using RabbitMQ.Client;
using RdmCloud.Contracts.Stages;
using RdmCloud.Servers;
using RdmCloud.ServiceDefaults.Stages;

namespace RdmCloud.ServiceDefaults.Bus;

public class RabbitDeadLetters_Tests(RabbitServer rabbit)
{
    const string Errors = "embed-prompt_error";

    readonly Outcomes outcomes = new();
    bool isBroken = true;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NothingFailed_NothingIsListed()
    {
        await using var processes = await ProcessesAsync();
        var letters = Letters(await processes.StartAsync([]));
        Assert.Empty(await letters.ListAsync(Cancellation));
    }

    [Fact]
    public async Task FailedCommand_IsListedWithItsJobAndReason()
    {
        await using var processes = await ProcessesAsync();
        var before = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var letters = Letters(await FailAsync(processes, "job"));
        var letter = Assert.Single(await letters.ListAsync(Cancellation));
        Assert.Equal(Errors, letter.Queue);
        Assert.Equal("EmbedPrompt", letter.MessageType);
        Assert.Equal("job", letter.Job);
        Assert.Equal("System.IO.IOException: The disk is gone.", letter.Reason);
        Assert.InRange(letter.Time!.Value, before, TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Equal(1, letter.Count);
    }

    [Fact]
    public async Task Letter_IsShownWithItsMessage()
    {
        await using var processes = await ProcessesAsync();
        var letters = Letters(await FailAsync(processes, "one", "two"));
        var letter = (await letters.ListAsync(Cancellation)).Single(letter => letter.Job == "two");
        var content = await letters.FindAsync(letter.Queue, letter.Id, Cancellation);
        Assert.Equal(letter, content!.Letter);
        var envelope = JsonNode.Parse(content.Body)!;
        Assert.Equal(letter.Id, (string?)envelope["messageId"]);
        Assert.Equal("two", (string?)envelope["message"]!["job"]!["job"]);
    }

    [Fact]
    public async Task Looking_OftenerThanTheBrokerDelivers_LosesNothing()
    {
        await using var processes = await ProcessesAsync();
        var letters = Letters(await FailAsync(processes, "one", "two"));
        var first = await letters.ListAsync(Cancellation);
        for (var look = 0; look < 25; look++)
            Assert.Equal(first, await letters.ListAsync(Cancellation));
    }

    [Fact]
    public async Task LetterSentAgain_IsDone_AndGone()
    {
        await using var processes = await ProcessesAsync();
        var letters = Letters(await FailAsync(processes, "one", "two"));
        var letter = (await letters.ListAsync(Cancellation)).Single(letter => letter.Job == "two");
        isBroken = false;
        Assert.True(await letters.SendAgainAsync(letter.Queue, letter.Id, Cancellation));
        Assert.Equal("two", Assert.IsType<PromptEmbedded>(await outcomes.NextAsync()).Job.Job);
        Assert.Equal("one", Assert.Single(await letters.ListAsync(Cancellation)).Job);
    }

    [Fact]
    public async Task LetterSentAgainInVain_ComesBackCounted()
    {
        await using var processes = await ProcessesAsync();
        var letters = Letters(await FailAsync(processes, "job"));
        var letter = Assert.Single(await letters.ListAsync(Cancellation));
        Assert.True(await letters.SendAgainAsync(letter.Queue, letter.Id, Cancellation));
        await outcomes.NextAsync();
        await Queues.WaitForCountAsync(processes.Broker, Errors, 1);
        var again = Assert.Single(await letters.ListAsync(Cancellation));
        Assert.Equal((letter.Id, 2), (again.Id, again.Count));
    }

    [Fact]
    public async Task DiscardedLetter_IsGone_AndTheOthersStay()
    {
        await using var processes = await ProcessesAsync();
        var letters = Letters(await FailAsync(processes, "one", "two"));
        var letter = (await letters.ListAsync(Cancellation)).Single(letter => letter.Job == "two");
        Assert.True(await letters.DiscardAsync(letter.Queue, letter.Id, Cancellation));
        Assert.Equal("one", Assert.Single(await letters.ListAsync(Cancellation)).Job);
        Assert.False(await letters.DiscardAsync(letter.Queue, letter.Id, Cancellation));
    }

    [Fact]
    public async Task LetterWhoseQueueIsGone_StaysWhenSentAgain()
    {
        await using var processes = await ProcessesAsync();
        var letters = Letters(await FailAsync(processes, "job"));
        var letter = Assert.Single(await letters.ListAsync(Cancellation));
        var host = processes.Broker.Segments[^1];
        using var deleted = await rabbit.Management.DeleteAsync($"api/queues/{host}/embed-prompt", Cancellation);
        await Assert.ThrowsAnyAsync<RabbitMQ.Client.Exceptions.PublishException>(
            () => letters.SendAgainAsync(letter.Queue, letter.Id, Cancellation));
        Assert.Equal(letter, Assert.Single(await letters.ListAsync(Cancellation)));
    }

    [Theory]
    [InlineData("embed-prompt")]
    [InlineData("outcomes")]
    public async Task QueueOfWork_IsOutOfReach(string queue)
    {
        await using var processes = await ProcessesAsync();
        var letters = Letters(await processes.StartAsync([]));
        Assert.False(await letters.DiscardAsync(queue, "any", Cancellation));
        Assert.False(await letters.SendAgainAsync(queue, "any", Cancellation));
        Assert.Null(await letters.FindAsync(queue, "any", Cancellation));
    }

    [Fact]
    public async Task MessageOfAnotherMaker_IsListedAndCanBeDiscarded()
    {
        await using var processes = await ProcessesAsync();
        var letters = Letters(await FailAsync(processes));
        await using var connection = await new ConnectionFactory { Uri = processes.Broker }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.BasicPublishAsync("", "embed-prompt_dead", "not { json"u8.ToArray(), Cancellation);
        await Queues.WaitForCountAsync(processes.Broker, "embed-prompt_dead", 1);
        var letter = Assert.Single(await letters.ListAsync(Cancellation));
        Assert.Null(letter.MessageType);
        Assert.True(await letters.DiscardAsync(letter.Queue, letter.Id, Cancellation));
        Assert.Empty(await letters.ListAsync(Cancellation));
    }

    static IDeadLetters Letters(IHost host) => host.Services.GetRequiredService<IDeadLetters>();

    async Task<Processes> ProcessesAsync() => new(await rabbit.CreateVirtualHostAsync(Cancellation));

    async Task<IHost> FailAsync(Processes processes, params string[] jobs)
    {
        var work = new EmbedWork(context => isBroken
            ? throw new IOException("The disk is gone.")
            : context.Publish(Commands.Done(context.Message.Job), context.JobToken()));
        var host = await processes.StartAsync([work, outcomes], EmbedConsumer.Add, Outcomes.Add);
        foreach (var job in jobs)
        {
            var command = Commands.Embed(job, attempt: 3);
            await host.Services.GetRequiredService<IBus>().SendToAsync(StageQueues.EmbedPrompt, command, Cancellation);
            Assert.IsType<StageFailed>(await outcomes.NextAsync());
        }
        await Queues.WaitForCountAsync(processes.Broker, Errors, (uint)jobs.Length);
        return host;
    }
}
