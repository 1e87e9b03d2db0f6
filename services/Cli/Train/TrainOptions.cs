using System.CommandLine;
using RdmCloud.Cli.Hosting;
using RdmCloud.Training;

namespace RdmCloud.Cli.Train;

/// <summary>The options that all trainings share.</summary>
sealed class TrainOptions
{
    const int MostReplicas = 64;

    readonly Option<string> output = OptionOf.Output(
        "The training's folder. A second start with the same one goes on where the first was stopped.");
    readonly Option<string?> config = OptionOf.File(
        "--config", "The training's configuration, which is copied into the folder; needed at the first start.");
    readonly Option<string?> device = new("--device")
    {
        Description = "Where to compute. [default: what the configuration says, else cpu]",
        HelpName = "cpu|cuda",
    };
    readonly Option<int?> replicas = OptionOf.Number(
        "--replicas", "Processes of one thread that train the same network and go on from their mean every few minutes. "
            + "[default: 1]", 1, MostReplicas);
    readonly Option<int?> threads = OptionOf.Number(
        "--threads", "Threads to compute with. [default: as many as are free; 1 with --replicas]", 1, 256);
    readonly Option<int?> replica = OptionOf.Number(ReplicaOption, "The number of this process.", 1, MostReplicas);

    public const string ReplicaOption = "--replica";

    public TrainOptions()
    {
        device.AcceptOnlyFromAmong("cpu", "cuda");
        replica.Hidden = true; // given by one process of a training to the others
    }

    public IEnumerable<Option> All => [output, config, device, replicas, threads, replica];

    public string Folder(ParseResult line) => line.GetRequiredValue(output);

    public int Replicas(ParseResult line) => line.GetValue(replicas) ?? 1;

    public int Replica(ParseResult line) => line.GetValue(replica) ?? 0;

    public int? Threads(ParseResult line) => line.GetValue(threads) ?? (Replicas(line) > 1 ? 1 : null);

    public string? Device(ParseResult line) => line.GetValue(device);

    public T Config<T>(ParseResult line) => ConfigFile.Take<T>(line.GetValue(config), Folder(line));
}
