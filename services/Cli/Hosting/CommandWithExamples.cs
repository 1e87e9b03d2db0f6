using System.CommandLine;

namespace RdmCloud.Cli.Hosting;

abstract class CommandWithExamples(string name, string description, params IReadOnlyList<string> examples)
    : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;
}
