using RdmCloud.ObjectStore;
using RdmCloud.ObjectStore.Folder;

namespace RdmCloud.Standalone;

static class PublicAddress
{
    /// <summary>Links to files lead to the address that the server has taken, which may be a free port's.</summary>
    public static void Learn(WebApplication app)
    {
        if (app.Services.GetRequiredService<IObjectStore>() is FolderStore { PublicUrl: null } folder)
            folder.PublicUrl = new(app.Urls.First());
    }
}
