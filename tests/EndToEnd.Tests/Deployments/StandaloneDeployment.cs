namespace RdmCloud.EndToEnd.Deployments;

/// <summary>One process with nothing installed.</summary>
public class StandaloneDeployment : Deployment
{
    readonly Service standalone;

    public StandaloneDeployment() : this([])
    {
    }

    protected StandaloneDeployment(Dictionary<string, string> more) =>
        standalone = new("Standalone", new Dictionary<string, string>([.. AccessSettings, .. more])
        {
            ["Access__Anonymous"] = "false",
            ["Database__Folder"] = Path.Combine(Folder, "tables"),
            ["ObjectStore__Folder"] = Path.Combine(Folder, "objects"),
            ["Retrieval__Folder"] = Path.Combine(Folder, "databases"),
            ["Webhooks__KeysFolder"] = Path.Combine(Folder, "keys"),
        });

    public override Uri Gateway => standalone.Address;

    public IEnumerable<string> Log => standalone.Log;

    public override IEnumerable<string> TracedServices => ["standalone"];

    public override IReadOnlyList<Uri> Metrics => [standalone.Metrics];

    public override async ValueTask InitializeAsync()
    {
        await standalone.StartAsync(await Collector.SettingsAsync());
        await DrawsAsync();
    }

    public override void MustRun()
    {
        // It runs anywhere.
    }

    public override async ValueTask DisposeAsync()
    {
        await standalone.DisposeAsync();
        await base.DisposeAsync();
    }
}
