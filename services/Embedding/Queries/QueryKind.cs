namespace RdmCloud.Embedding.Queries;

enum QueryKind
{
    Text,
    Picture,
}
