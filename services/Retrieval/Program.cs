using RdmCloud.Retrieval;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddRetrieval();
builder.AddBus(RetrievalService.AddConsumers);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapRetrieval();
await app.RunAsync();
