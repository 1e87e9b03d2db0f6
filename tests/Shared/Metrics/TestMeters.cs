using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace RdmCloud.Metrics;

static class TestMeters
{
    /// <summary>A factory as a service's own container has it.</summary>
    public static IMeterFactory Factory() =>
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
}
