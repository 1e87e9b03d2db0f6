using RdmCloud.Sampling;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddSampling();
builder.AddBus(SamplingService.AddConsumers);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapSampling();
await app.RunAsync();
