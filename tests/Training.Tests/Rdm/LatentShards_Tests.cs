using TorchSharp;
using static TorchSharp.torch;

namespace RdmCloud.Training.Rdm;

public class LatentShards_Tests
{
    [Theory]
    [InlineData(1, 11)]
    [InlineData(4, 3)]
    [InlineData(100, 1)]
    public void Rows_OfAnyShards_AreThoseThatWereWritten(int shardRows, int files)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var all = randn(11, 2, 3, 3).to(ScalarType.Float16);

        LatentShards.Write(folder.Path, [all.narrow(0, 0, 5).clone(), all.narrow(0, 5, 6).clone()], shardRows);
        using var shards = LatentShards.Open(folder.Path);

        Assert.Equal(files, Directory.GetFiles(folder.Path).Length);
        Assert.Equal(11, shards.Count);
        int[] rows = [10, 0, 4, 5, 4];
        Assert.Equal(all.index_select(0, tensor(rows)).data<Half>().ToArray(), shards.Rows(rows).data<Half>().ToArray());
    }
}
