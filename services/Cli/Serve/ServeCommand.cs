using System.CommandLine;
using Microsoft.Extensions.Hosting;
using RdmCloud.Cli.Hosting;
using RdmCloud.Standalone;

namespace RdmCloud.Cli.Serve;

sealed class ServeCommand : CommandWithExamples
{
    readonly Option<string?> model = OptionOf.Model();
    readonly Option<string> data = new("--data")
    {
        Description = "Where jobs, pictures and databases are kept.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "rdm-data",
    };
    readonly Option<int?> port = OptionOf.Number(
        "--port", "The port on this machine; 0 for any that is free. [default: 8080]", 0, 65535);

    public ServeCommand() : base("serve", "Serve pictures over HTTP on this machine: every service in one process.",
        "rdm serve",
        "rdm serve --port 0 --data /tmp/rdm")
    {
        foreach (var option in (IEnumerable<Option>)[model, data, port])
            Add(option);
        SetAction(RunAsync);
    }

    async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var directory = ModelLocation.Open(line.GetValue(model));
        var url = $"http://127.0.0.1:{line.GetValue(port) ?? 8080}";
        var settings = StandaloneDefaults.For(
            Path.GetFullPath(directory.Path), Path.GetFullPath(line.GetRequiredValue(data)), url);
        await using var app = StandaloneHost.Build([], settings);
        await app.StartAsync(cancellationToken);
        await StandaloneHost.ReadyAsync(app, cancellationToken);
        Welcome.Write(app.Urls.First(), directory);
        using var stop = cancellationToken.Register(app.Lifetime.StopApplication);
        await app.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }
}
