using RdmCloud.VectorStore.Contract;
using RdmCloud.VectorStore.Support;

namespace RdmCloud.VectorStore.Embedded;

public sealed class EmbeddedIndex_Tests : IndexContract
{
    readonly TemporaryFolder folder = new();

    [Fact]
    public void NotADatabase_IsSaidInOneLine()
    {
        Assert.Throws<DatabaseException>(() => EmbeddedIndex.Open(folder["missing"]));
        File.WriteAllText(folder["file"], "text");
        Assert.Throws<DatabaseException>(() => EmbeddedIndex.Create(folder.Path, Sample.Info(2)));
        Assert.Throws<DatabaseException>(() => EmbeddedIndex.Create(folder["file"], Sample.Info(2)));
        Assert.Throws<DatabaseException>(() => EmbeddedIndex.Create(folder["db"], Sample.Info(0)));
    }

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return base.DisposeAsync();
    }

    private protected override IndexHome NewHome() => new FolderHome();
}
