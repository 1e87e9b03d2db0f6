using RdmCloud.Gateway;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddGateway();
builder.AddBus(GatewayService.AddConsumers);
builder.AddGatewayWork();

var app = builder.Build();
app.UseExceptionHandler();
app.MapDefaultEndpoints();
app.MapGateway();
await app.RunAsync();
