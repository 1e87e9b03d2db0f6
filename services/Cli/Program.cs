using System.CommandLine;
using RdmCloud.Cli.Bench;
using RdmCloud.Cli.Data;
using RdmCloud.Cli.Databases;
using RdmCloud.Cli.DeadLetters;
using RdmCloud.Cli.Evaluate;
using RdmCloud.Cli.Generate;
using RdmCloud.Cli.Hosting;
using RdmCloud.Cli.Models;
using RdmCloud.Cli.Serve;
using RdmCloud.Cli.Train;

var root = new RootCommand(
    "Draws pictures with a retrieval-augmented diffusion model: a prompt says what, an image database says how.")
{
    new GenerateCommand(),
    new ServeCommand(),
    new Command("models", "Import models and look at them.") { new ImportModelCommand(), new ModelInfoCommand() },
    new Command("databases", "Make image databases, look at them and search them.")
    {
        new ImportDatabaseCommand(), new DatabaseInfoCommand(), new SearchDatabaseCommand(),
    },
    new Command("dlq", "Look at what a gateway's stages have given up, and give it to them again.")
    {
        new ListDeadLettersCommand(), new ShowDeadLetterCommand(),
        DeadLetterActionCommand.Resend(), DeadLetterActionCommand.Discard(),
    },
    new BenchCommand(),
    new Command("data", "Prepare data sets.") { new EmojiCommand(), new FolderCommand() },
    new TrainCommands(),
    new EvaluateCommands(),
};
return await CommandRunner.RunAsync(root, args);
