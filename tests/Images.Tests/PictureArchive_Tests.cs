using System.IO.Compression;

namespace RdmCloud.Images;

public class PictureArchive_Tests
{
    [Fact]
    public void Files_AreNamedInOrderAndRead()
    {
        using var archive = Archive(("b/two.png", [2, 2]), ("folder/", []), ("a.png", [1]));
        Assert.Equal(["a.png", "b/two.png"], archive.Names);
        Assert.Equal([2, 2], archive.Read("b/two.png"));
    }

    [Theory]
    [InlineData("../up.png")]
    [InlineData("a/../../up.png")]
    [InlineData("/root.png")]
    [InlineData(@"..\up.png")]
    public void NameThatLeadsElsewhere_IsRefused(string name)
    {
        using var archive = Archive((name, [1]));
        Assert.Contains("leads out", Assert.Throws<ImageException>(() => archive.Read(name)).Message);
    }

    [Fact]
    public void FileThatIsNotThere_IsRefused()
    {
        using var archive = Archive(("a.png", [1]));
        Assert.Contains("not in the archive", Assert.Throws<ImageException>(() => archive.Read("b.png")).Message);
    }

    [Fact]
    public void Bomb_IsRefusedByTheSizeThatItDeclares()
    {
        using var archive = new PictureArchive(Bomb());
        Assert.Contains("64 MB", Assert.Throws<ImageException>(() => archive.Read("bomb.png")).Message);
    }

    [Fact]
    public void BombThatDeclaresASmallSize_IsNotUnpackedFurther()
    {
        var zip = Bomb().ToArray();
        var directory = zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.GetBytes(100).CopyTo(zip, directory + 24); // the uncompressed size
        using var archive = new PictureArchive(new MemoryStream(zip));
        Assert.InRange(archive.Read("bomb.png").Length, 0, 100);
    }

    [Fact]
    public void WhatIsNoArchive_IsSaidToBeNone() =>
        Assert.Contains(
            "zip archive",
            Assert.Throws<ImageException>(() => new PictureArchive(new MemoryStream(new byte[500]))).Message);

    static PictureArchive Archive(params (string Name, byte[] Content)[] files)
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        return new(zip);
    }

    static MemoryStream Bomb()
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("bomb.png", CompressionLevel.Fastest).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i <= PictureArchive.MostBytes >> 20; i++)
                entry.Write(zeros);
        }
        return zip;
    }
}
