using RdmCloud.Webhooks;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddWebhooks();
builder.AddBus(WebhooksService.AddConsumers);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapWebhooks();
await app.RunAsync();
