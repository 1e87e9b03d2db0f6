using Microsoft.EntityFrameworkCore;
using RdmCloud.Gateway.Support;

namespace RdmCloud.Gateway.Ledger;

public class Migrations_Tests
{
    [Fact]
    public async Task Migrations_AndModel_Agree()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var context = await host.Get<IDbContextFactory<LedgerContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.False(context.Database.HasPendingModelChanges());
    }
}
