using RdmCloud.Sampling;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Stages;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddSampling();
builder.AddBus(SamplingService.AddConsumers, StageRegistration.AddCancellations);

var app = builder.Build();
app.MapDefaultEndpoints();
await app.RunAsync();
