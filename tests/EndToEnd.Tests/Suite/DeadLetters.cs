using RabbitMQ.Client;
using RdmCloud.EndToEnd.Deployments;
using RdmCloud.EndToEnd.Support;

namespace RdmCloud.EndToEnd.Suite;

/// <summary>What an operator does about a message that no stage can take.</summary>
public abstract class DeadLetters(DistributedDeployment deployment)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MessageThatCannotBeTaken_IsListedShownSentAgainAndDiscarded()
    {
        deployment.MustRun();
        await PoisonAsync();
        var listed = await UntilListedAsync("1x");
        var (queue, id) = (listed.Split(' ')[0], listed.Split(' ')[1]);
        Assert.StartsWith("embed-prompt", queue);
        Assert.Contains("urn:message:RdmCloud.Contracts.Stages:EmbedPrompt", (await RdmAsync("show", queue, id)).Output);

        Assert.Equal(0, (await RdmAsync("resend", queue, id)).Code);
        Assert.Equal(id, (await UntilListedAsync("2x")).Split(' ')[1]); // it is still poison

        Assert.Equal(0, (await RdmAsync("discard", queue, id)).Code);
        Assert.Equal("Nothing was given up.", (await RdmAsync("list")).Output.Trim());
        var (code, _, error) = await RdmAsync("show", queue, id);
        Assert.Equal((2, $"rdm: There is no message '{id}' in '{queue}'."), (code, error.Trim()));
    }

    [Fact]
    public async Task WithoutTheOperatorsKey_NothingIsShown()
    {
        deployment.MustRun();
        var (code, _, error) = await RdmProgram.RunAsync(
            new Dictionary<string, string>(), "dlq", "list", "--url", deployment.Gateway.ToString());
        Assert.Equal((2, "rdm: This needs the operator's key: set RDM_ADMIN_KEY."), (code, error.Trim()));
    }

    /// <summary>A command that lacks all that its stage needs.</summary>
    async Task PoisonAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = deployment.Rabbit.Address }
            .CreateConnectionAsync(Cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        var body = """
            {"messageId": "0d2e0000-0000-4000-8000-000000000001", "messageType": ["urn:message:RdmCloud.Contracts.Stages:EmbedPrompt"],
             "message": {"job": {"tenant": "none", "job": "gen_none", "attempt": 3}}}
            """u8.ToArray();
        var properties = new BasicProperties
        {
            ContentType = "application/vnd.masstransit+json",
            MessageId = "0d2e0000-0000-4000-8000-000000000001",
            Persistent = true,
        };
        await channel.BasicPublishAsync("", "embed-prompt", mandatory: true, properties, body, Cancel);
    }

    async Task<string> UntilListedAsync(string count)
    {
        while (true)
            if ((await RdmAsync("list")).Output.Split('\n').FirstOrDefault(line => line.Contains(count)) is { } line)
                return line;
    }

    Task<(int Code, string Output, string Error)> RdmAsync(params string[] arguments) => RdmProgram.RunAsync(
        new Dictionary<string, string> { ["RDM_ADMIN_KEY"] = Deployment.AdminKey },
        ["dlq", .. arguments, "--url", deployment.Gateway.ToString()]);
}
