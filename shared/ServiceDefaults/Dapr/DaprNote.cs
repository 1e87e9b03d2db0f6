using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RdmCloud.ServiceDefaults.Dapr;

/// <summary>Says once what has been decided.</summary>
sealed class DaprNote(string note, ILogger<DaprNote> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        logger.LogInformation("{Note}", note);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
