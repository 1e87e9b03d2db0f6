using System.Security.Cryptography;

namespace RdmCloud.ObjectStore.Folder;

/// <summary>The secret that signs a folder's links: 32 random bytes in <c>signing.key</c> that its owner alone reads.</summary>
static class SigningKey
{
    const int Bytes = 32;

    public static byte[] ReadOrCreate(string root)
    {
        var path = Path.Combine(root, "signing.key");
        if (!File.Exists(path))
            Create(path);
        var key = File.ReadAllBytes(path);
        return key.Length == Bytes ? key : throw new ObjectStoreException(
            $"{path} has {key.Length} bytes and should have {Bytes}. "
            + "Delete it and start again; the links given out so far stop working then.");
    }

    static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        using (var file = new FileStream(temporary, options))
            file.Write(RandomNumberGenerator.GetBytes(Bytes));
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary); // another process was first: its key is the key
        }
    }
}
