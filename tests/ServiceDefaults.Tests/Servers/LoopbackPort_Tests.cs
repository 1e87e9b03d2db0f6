using RdmCloud.Servers;

namespace RdmCloud.ServiceDefaults.Servers;

public class LoopbackPort_Tests
{
    [Fact]
    public void PortThatWasGivenOnce_IsNotGivenAgain()
    {
        var ports = new HashSet<int>();
        for (var i = 0; i < 200; i++)
        {
            var first = LoopbackPort.Free(11);
            Assert.All(Enumerable.Range(first, 11), port => Assert.True(ports.Add(port)));
        }
    }
}
