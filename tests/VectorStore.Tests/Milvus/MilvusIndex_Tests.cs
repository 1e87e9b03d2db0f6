using RdmCloud.Servers;
using RdmCloud.VectorStore.Contract;
using RdmCloud.VectorStore.Milvus;

[assembly: AssemblyFixture(typeof(MilvusServer))]

namespace RdmCloud.VectorStore.Milvus;

[Trait("Category", "Infrastructure")]
public sealed class MilvusIndex_Tests(MilvusServer milvus) : IndexContract
{
    private protected override IndexHome NewHome() => new MilvusHome(milvus.AddressAsync);
}
