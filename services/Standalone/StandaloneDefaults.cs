namespace RdmCloud.Standalone;

/// <summary>The settings of a laptop: loopback, no keys, everything in one folder.</summary>
public static class StandaloneDefaults
{
    /// <param name="model">A model directory.</param>
    /// <param name="data">Where everything is kept.</param>
    public static Dictionary<string, string?> For(string model, string data, string url) => new()
    {
        ["Urls"] = url,
        ["AllowedHosts"] = "localhost;127.0.0.1;[::1]",
        ["Access:Anonymous"] = "true",
        ["Database:Folder"] = Path.Combine(data, "tables"),
        ["ObjectStore:Folder"] = Path.Combine(data, "objects"),
        ["Retrieval:Folder"] = Path.Combine(data, "databases"),
        ["Retrieval:PublicFolders:0"] = Path.Combine(model, "databases"),
        ["Models:Folders:0"] = model,
        ["Webhooks:AllowHttp"] = "true",
        ["Webhooks:AllowedNetworks:0"] = "127.0.0.0/8",
        ["Webhooks:AllowedNetworks:1"] = "::1/128",
        ["Webhooks:KeysFolder"] = Path.Combine(data, "keys"),
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error", // keys in a folder of the user need no further key
        // whoever starts the host says why it did not start
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "None",
    };
}
