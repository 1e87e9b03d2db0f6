using RdmCloud.Servers;
using RdmCloud.VectorStore.Contract;

namespace RdmCloud.VectorStore.Milvus;

[Trait("Category", "Infrastructure")]
public sealed class MilvusContract_Tests(MilvusServer milvus) : IndexContract
{
    private protected override IndexHome NewHome() => new MilvusHome(milvus.AddressAsync);
}
