using System.CommandLine;
using RdmCloud.Cli.Bench.Load;
using RdmCloud.Cli.Bench.Scaling;
using RdmCloud.Cli.Bench.Steps;

namespace RdmCloud.Cli.Bench;

sealed class BenchCommand : Command
{
    public BenchCommand() : base("bench", "Find out how much load an installation carries, and how it should be scaled.")
    {
        Add(new BenchLoadCommand());
        Add(new BenchStepsCommand());
        Add(new BenchScalingCommand());
    }
}
