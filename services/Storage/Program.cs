using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Dapr;
using RdmCloud.ServiceDefaults.Stages;
using RdmCloud.Storage;

var builder = WebApplication.CreateBuilder(args);
await builder.AddDaprAsync();
builder.AddServiceDefaults();
builder.AddStorage();
builder.AddBus(StorageService.AddConsumers, StageRegistration.AddCancellations);

var app = builder.Build();
app.MapDefaultEndpoints();
await app.RunAsync();
