using RdmCloud.Servers;
using RdmCloud.ServiceDefaults.Bus;

[assembly: AssemblyFixture(typeof(RabbitServer))]

namespace RdmCloud.ServiceDefaults.Stages;

public class StageFilterOverRabbit_Tests(RabbitServer rabbit) : StageFilter_Tests
{
    private protected override async Task<Processes> ProcessesAsync() =>
        new(await rabbit.CreateVirtualHostAsync(TestContext.Current.CancellationToken));
}
