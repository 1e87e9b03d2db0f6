using RdmCloud.Embedding;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Dapr;
using RdmCloud.ServiceDefaults.Stages;

var builder = WebApplication.CreateBuilder(args);
await builder.AddDaprAsync();
builder.AddServiceDefaults();
builder.AddEmbedding();
builder.AddBus(EmbeddingService.AddConsumers, StageRegistration.AddCancellations);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapEmbedding();
await app.RunAsync();
