using RdmCloud.Contracts.Stages;
using RdmCloud.Models;
using RdmCloud.Sampling.Support;
using static TorchSharp.torch;

namespace RdmCloud.Sampling.Painting;

[Collection("Alone"), CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class TensorLifetime_Tests(TinyModel model) : IClassFixture<TinyModel>
{
    [Fact]
    public async Task WorkerThatHasDrawn_LeavesNoMoreTensorsThanAnIdleOne()
    {
        await TensorsLeftAsync(jobs: 1);
        var idle = await TensorsLeftAsync(jobs: 0);
        Assert.Equal(idle, await TensorsLeftAsync(jobs: 20));
    }

    async Task<long> TensorsLeftAsync(int jobs)
    {
        var before = TensorCount();
        await using (var worker = await TestWorker.StartAsync(model.Directory.Path))
            for (var i = 0; i < jobs; i++)
            {
                var job = Jobs.Job(TinyModel.Request(steps: i % 5 == 4 ? 1000 : 3) with { Pictures = 1 + i % 3 });
                await worker.SubmitAsync(job);
                if (i % 5 == 4)
                    await worker.PublishAsync(new GenerationCancelled(job.Job));
                else
                    await worker.StoredAsync(job.Job);
            }
        return TensorCount() - before;
    }

    /// <summary>Without those that nobody holds.</summary>
    static long TensorCount()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
