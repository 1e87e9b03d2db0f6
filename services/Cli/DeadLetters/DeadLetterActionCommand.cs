using System.CommandLine;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.DeadLetters;

/// <summary>Something that is done with one of them.</summary>
sealed class DeadLetterActionCommand : CommandWithExamples
{
    readonly Argument<string> queue = DeadLetterOptions.Queue();
    readonly Argument<string> id = DeadLetterOptions.Id();
    readonly Option<string> url = DeadLetterOptions.Url();
    readonly Func<DeadLetterClient, string, string, CancellationToken, Task> action;

    DeadLetterActionCommand(
        string name, string description, Func<DeadLetterClient, string, string, CancellationToken, Task> action)
        : base(name, description, $"rdm dlq {name} sample-interactive_dead 0d2e…")
    {
        this.action = action;
        Add(queue);
        Add(id);
        Add(url);
        SetAction(RunAsync);
    }

    public static DeadLetterActionCommand Resend() => new("resend", "Give one to its stage again; a job that failed goes on.",
        (client, queue, id, cancellationToken) => client.ResendAsync(queue, id, cancellationToken));

    public static DeadLetterActionCommand Discard() => new("discard", "Throw one away.",
        (client, queue, id, cancellationToken) => client.DiscardAsync(queue, id, cancellationToken));

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        using var client = new DeadLetterClient(line.GetRequiredValue(url));
        await action(client, line.GetRequiredValue(queue), line.GetRequiredValue(id), cancellationToken);
        return 0;
    }
}
