using System.Collections.Concurrent;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Benchmarks.Chain;

/// <summary>A message that goes through as many queues as a job does, and nothing else, over our bus.</summary>
sealed class BusHops(IHost host) : IAsyncDisposable
{
    public static async Task<BusHops> StartAsync(Uri broker)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Urls"] = "http://127.0.0.1:0";
        builder.Configuration["Bus:RabbitMq"] = broker.ToString();
        builder.Services.AddSingleton<Waiting>();
        builder.AddBus(bus =>
        {
            bus.AddConsumer<First>().Endpoint(endpoint => endpoint.Name = "hop-0");
            bus.AddConsumer<Second>().Endpoint(endpoint => endpoint.Name = "hop-1");
            bus.AddConsumer<Third>().Endpoint(endpoint => endpoint.Name = "hop-2");
            bus.AddConsumer<Fourth>().Endpoint(endpoint => endpoint.Name = "hop-3");
            bus.AddConsumer<Last>().Endpoint(endpoint => endpoint.Name = "hop-4");
        });
        var app = builder.Build();
        await app.StartAsync();
        return new(app);
    }

    public async Task GoAsync(byte[] load)
    {
        var hop = new Hop(Guid.NewGuid(), load);
        var arrived = host.Services.GetRequiredService<Waiting>().Add(hop.Id);
        await host.Services.GetRequiredService<IBus>().SendToAsync("hop-0", hop, default);
        await arrived;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    public sealed record Hop(Guid Id, byte[] Load);

    public sealed class Waiting
    {
        readonly ConcurrentDictionary<Guid, TaskCompletionSource> arrivals = [];

        public Task Add(Guid id) =>
            (arrivals[id] = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public void Arrive(Guid id)
        {
            if (arrivals.TryRemove(id, out var arrival))
                arrival.SetResult();
        }
    }

    public sealed class First() : Forward("hop-1");

    public sealed class Second() : Forward("hop-2");

    public sealed class Third() : Forward("hop-3");

    public sealed class Fourth() : Forward("hop-4");

    public abstract class Forward(string next) : IConsumer<Hop>
    {
        public Task Consume(ConsumeContext<Hop> context) => context.SendToAsync(next, context.Message, context.CancellationToken);
    }

    public sealed class Last(Waiting waiting) : IConsumer<Hop>
    {
        public Task Consume(ConsumeContext<Hop> context)
        {
            waiting.Arrive(context.Message.Id);
            return Task.CompletedTask;
        }
    }
}
