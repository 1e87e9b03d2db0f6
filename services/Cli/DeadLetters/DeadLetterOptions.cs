using System.CommandLine;

namespace RdmCloud.Cli.DeadLetters;

static class DeadLetterOptions
{
    public static Option<string> Url() => new("--url")
    {
        Description = "The gateway's address. Its operator's key is read from $RDM_ADMIN_KEY. [default: http://127.0.0.1:8080]",
        HelpName = "URL",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };

    public static Argument<string> Queue() => new("queue") { Description = "The queue that it lies in.", HelpName = "QUEUE" };

    public static Argument<string> Id() => new("id") { Description = "The message's id.", HelpName = "ID" };
}
