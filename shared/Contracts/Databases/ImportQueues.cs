namespace RdmCloud.Contracts.Databases;

public static class ImportQueues
{
    public const string ImportImages = "import-images";
    public const string EmbedImages = "embed-images";
    public const string AddImages = "add-images";

    public static IReadOnlyList<string> All { get; } = [ImportImages, EmbedImages, AddImages];
}
