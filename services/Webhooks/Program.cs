using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.Webhooks;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddWebhooks();
builder.AddBus(WebhooksService.AddConsumers);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapWebhooks();
await app.RunAsync();
