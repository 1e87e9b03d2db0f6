using RdmCloud.ServiceDefaults.Bus;

namespace RdmCloud.ServiceDefaults.Stages;

public class StageFilterInMemory_Tests : StageFilter_Tests
{
    private protected override Task<Processes> ProcessesAsync() => Task.FromResult(new Processes(broker: null));
}
