using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Models;
using RdmCloud.Contracts.Webhooks;
using RdmCloud.Gateway;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Dapr;
using RdmCloud.ServiceDefaults.Remote;

var builder = WebApplication.CreateBuilder(args);
await builder.AddDaprAsync();
builder.AddServiceDefaults();
builder.AddGateway();
builder.AddRemote<IEmbedder, HttpEmbedder>(remote => remote.Embedding, app => app.Embedding);
builder.AddRemote<IDatabases, HttpDatabases>(remote => remote.Retrieval, app => app.Retrieval);
builder.AddRemote<IWebhooks, HttpWebhooks>(remote => remote.Webhooks, app => app.Webhooks);
builder.AddBus(GatewayService.AddConsumers);
builder.AddGatewayWork();

var app = builder.Build();
app.UseGateway();
app.MapDefaultEndpoints();
app.MapGateway();
await app.RunAsync();
