using RdmCloud.Contracts.Databases;
using RdmCloud.Contracts.Models;
using RdmCloud.Gateway;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Remote;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddGateway();
builder.AddRemote<IEmbedder, HttpEmbedder>(remote => remote.Embedding);
builder.AddRemote<IDatabases, HttpDatabases>(remote => remote.Retrieval);
builder.AddBus(GatewayService.AddConsumers);
builder.AddGatewayWork();

var app = builder.Build();
app.UseGateway();
app.MapDefaultEndpoints();
app.MapGateway();
await app.RunAsync();
