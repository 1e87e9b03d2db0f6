using RdmCloud.Embedding;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddEmbedding();
builder.AddBus(EmbeddingService.AddConsumers);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapEmbedding();
await app.RunAsync();
