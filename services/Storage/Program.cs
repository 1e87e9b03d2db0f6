using RdmCloud.Storage;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddStorage();
builder.AddBus(StorageService.AddConsumers);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapStorage();
await app.RunAsync();
