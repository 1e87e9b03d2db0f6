using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Dapr;
using RdmCloud.Webhooks;

var builder = WebApplication.CreateBuilder(args);
await builder.AddDaprAsync();
builder.AddServiceDefaults();
builder.AddWebhooks();
builder.AddBus(WebhooksService.AddConsumers);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapWebhooks();
await app.RunAsync();
