using static TorchSharp.torch;

namespace RdmCloud.Diffusion.Compute;

public class ComputeProbe_Tests
{
    [Theory]
    [InlineData(1, true, 1)]
    [InlineData(2, true, 1)]
    [InlineData(8, true, 7)]
    [InlineData(8, false, 1)]
    public void Threads_LeaveACoreToTheNeighborsAndAreManyOnlyOnFreeCores(int cores, bool free, int expected) =>
        Assert.Equal(expected, ComputeProbe.Threads(cores, _ => free));

    [Fact]
    public void Choice_IsWhatTorchThenUses()
    {
        var before = get_num_threads();
        try
        {
            var settings = ComputeProbe.Choose();
            Assert.Equal(settings.Threads, get_num_threads());
            Assert.Contains(settings.Type, new[] { ScalarType.Float32, ScalarType.BFloat16 });
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
