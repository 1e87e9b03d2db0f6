using RdmCloud.Diffusion.Models;

namespace RdmCloud.Cli.Serve;

/// <summary>What a person needs to draw the first picture.</summary>
static class Welcome
{
    public static void Write(string url, ModelDirectory model) => Console.WriteLine($$"""
        RdmCloud draws with {{model.Manifest.Name}} at {{url}}

        Draw a picture and get its address:
          curl -s {{url}}/v1/generations -H 'Content-Type: application/json' -H 'Prefer: wait=60' -d '{"prompt": "a red heart"}'

        The styles are at {{url}}/v1/databases, all calls at {{url}}/docs. Ctrl-C stops.
        """);
}
