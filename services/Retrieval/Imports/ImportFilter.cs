using MassTransit;
using RdmCloud.Contracts;
using RdmCloud.Contracts.Databases;
using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.Retrieval.Imports;

/// <summary>Around every step of an import: what fails for good ends the import with its reason.</summary>
sealed class ImportFilter<TStep>(IServiceProvider services) : IFilter<ConsumeContext<TStep>>
    where TStep : class, IImportStep
{
    public async Task Send(ConsumeContext<TStep> context, IPipe<ConsumeContext<TStep>> next)
    {
        try
        {
            await next.Send(context);
        }
        catch (Exception) when (context.CancellationToken.IsCancellationRequested)
        {
            throw; // this process stops; the message goes back to its queue
        }
        catch (RefusedException refused)
        {
            await FailAsync(refused.Message);
            await context.SettleAsync(nameof(ImportFilter<>));
        }
        catch (Exception exception)
        {
            services.GetRequiredService<ILogger<ImportFilter<TStep>>>().LogError(exception,
                "Import {Import} of tenant {Tenant} failed", context.Message.Import, context.Message.Tenant);
            await FailAsync("The images could not be imported, and trying again did not help.");
            throw;
        }

        Task FailAsync(string reason) =>
            services.GetRequiredService<ImportEnding>().FailAsync(context.Message, reason, context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("import");
}
