using RdmCloud.Retrieval;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Dapr;
using RdmCloud.ServiceDefaults.Stages;

var builder = WebApplication.CreateBuilder(args);
await builder.AddDaprAsync();
builder.AddServiceDefaults();
builder.AddRetrieval();
builder.AddBus(RetrievalService.AddConsumers, StageRegistration.AddCancellations);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapRetrieval();
await app.RunAsync();
