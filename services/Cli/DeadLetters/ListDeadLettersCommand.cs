using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RdmCloud.Cli.Hosting;
using RdmCloud.ServiceDefaults.Remote;

namespace RdmCloud.Cli.DeadLetters;

sealed class ListDeadLettersCommand : CommandWithExamples
{
    readonly Option<string> url = DeadLetterOptions.Url();
    readonly Option<bool> json = OptionOf.Json();

    public ListDeadLettersCommand()
        : base("list", "List what was given up, with the reasons.",
            "rdm dlq list", "rdm dlq list --url https://rdm.example.com --json")
    {
        Add(url);
        Add(json);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        using var client = new DeadLetterClient(line.GetRequiredValue(url));
        var letters = await client.ListAsync(cancellationToken);
        if (line.GetValue(json))
            Console.WriteLine(JsonSerializer.Serialize(letters, RemoteAnswers.Json));
        else if (letters.Count == 0)
            Console.WriteLine("Nothing was given up.");
        else
            foreach (var letter in letters)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{letter.Queue} {letter.Id}  {letter.Time:u}  {letter.Job}  {letter.Count}x\n  {letter.Reason}"));
        return 0;
    }
}
