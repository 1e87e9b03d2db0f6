using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RdmCloud.ObjectStore.Folder;
using RdmCloud.ObjectStore.Hosting;
using RdmCloud.ObjectStore.S3;

namespace RdmCloud.ObjectStore;

public static class ObjectStoreExtensions
{
    /// <summary>
    /// Adds the <see cref="IObjectStore"/> that the section <c>ObjectStore</c> describes, and makes it ready before the host
    /// starts. Several parts of one host may call it.
    /// </summary>
    public static IHostApplicationBuilder AddObjectStore(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(IObjectStore)))
            return builder;
        services.AddOptions<ObjectStoreOptions>()
            .BindConfiguration(ObjectStoreOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Create);
        services.AddHostedService<ObjectStoreStart>();
        return builder;
    }

    static IObjectStore Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ObjectStoreOptions>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        return options.S3 is { } s3
            ? new S3Store(s3, time, services.GetRequiredService<ILogger<S3Store>>())
            : new FolderStore(Path.GetFullPath(options.Folder), time) { PublicUrl = options.PublicUrl };
    }
}
