using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Models;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Gateway;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Remote;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddGateway();
builder.AddRemote<IEmbedder, HttpEmbedder>(remote => remote.Embedding);
builder.AddRemote<IDatabases, HttpDatabases>(remote => remote.Retrieval);
builder.AddRemote<IWebhooks, HttpWebhooks>(remote => remote.Webhooks);
builder.AddBus(GatewayService.AddConsumers);
builder.AddGatewayWork();

var app = builder.Build();
app.UseGateway();
app.MapDefaultEndpoints();
app.MapGateway();
await app.RunAsync();
