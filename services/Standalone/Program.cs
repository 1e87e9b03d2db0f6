using RdmCloud.Standalone;

var model = Environment.GetEnvironmentVariable("RDM_MODEL") ?? Path.Combine("models", "preview-rdm");
var app = StandaloneHost.Build(args, StandaloneDefaults.For(model, "data", "http://127.0.0.1:8080"));
await app.RunAsync();
