using System.CommandLine;
using RdmCloud.Cli.Hosting;

namespace RdmCloud.Cli.Train;

static class TrainArguments
{
    public static Argument<string> Data()
    {
        var argument = new Argument<string>("data")
        {
            Description = "A data set that 'rdm data' has prepared.",
            HelpName = "DATA",
        };
        ArgumentChecks.Folder(argument, "DATA");
        return argument;
    }
}
