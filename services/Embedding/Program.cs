using RdmCloud.Embedding;
using RdmCloud.ServiceDefaults;
using RdmCloud.ServiceDefaults.Bus;
using RdmCloud.ServiceDefaults.Stages;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddEmbedding();
builder.AddBus(EmbeddingService.AddConsumers, StageRegistration.AddCancellations);

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapEmbedding();
await app.RunAsync();
