namespace RdmCloud.VectorStore.Support;

/// <summary>For tests that measure the whole process, such as its allocations: nothing runs beside them.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
