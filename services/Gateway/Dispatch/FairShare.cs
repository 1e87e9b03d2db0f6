using RdmCloud.Gateway.Ledger;

namespace RdmCloud.Gateway.Dispatch;

/// <summary>
/// Start-time fair queueing (Goyal, Vin, Cheng 1996): each job starts at the later of the system's virtual time and its
/// tenant's, the earliest goes first, and its tenant's time moves on by cost ÷ weight. A tenant that did not ask for long has
/// saved nothing up.
/// </summary>
/// <param name="virtualTime">Where the job that was chosen last has started.</param>
public sealed class FairShare(double virtualTime)
{
    public double VirtualTime { get; private set; } = virtualTime;

    /// <summary>Whose turn it is among tenants that wait; among equals, whoever was served least.</summary>
    public Tenant Choose(IEnumerable<Tenant> waiting) =>
        waiting.OrderBy(StartOf).ThenBy(tenant => tenant.Served).ThenBy(tenant => tenant.Id, StringComparer.Ordinal).First();

    public void Charge(Tenant tenant, double cost)
    {
        VirtualTime = StartOf(tenant);
        tenant.Served = VirtualTime + cost / tenant.Weight;
    }

    double StartOf(Tenant tenant) => Math.Max(VirtualTime, tenant.Served);
}
