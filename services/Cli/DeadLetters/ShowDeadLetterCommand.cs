using System.CommandLine;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.DeadLetters;

sealed class ShowDeadLetterCommand : CommandWithExamples
{
    readonly Argument<string> queue = DeadLetterOptions.Queue();
    readonly Argument<string> id = DeadLetterOptions.Id();
    readonly Option<string> url = DeadLetterOptions.Url();

    public ShowDeadLetterCommand()
        : base("show", "Print one with its message as JSON.", "rdm dlq show sample-interactive_dead 0d2e…")
    {
        Add(queue);
        Add(id);
        Add(url);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        using var client = new DeadLetterClient(line.GetRequiredValue(url));
        var found = await client.ShowAsync(line.GetRequiredValue(queue), line.GetRequiredValue(id), cancellationToken);
        Console.WriteLine(found.Body);
        return 0;
    }
}
