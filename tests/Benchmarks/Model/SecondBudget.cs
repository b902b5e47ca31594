namespace Benchmarks.Model;

/// <summary>What is left of a second's limits.</summary>
/// <param name="limits">The limits.</param>
/// <param name="notifications">The notifications accepted in this second; accepting comes first.</param>
internal sealed class SecondBudget(Limits limits, double notifications)
{
    // Every look that asks at all asks conference info once, so that API is the first to be exhausted.
    private double _infos = limits.CallsPerApi;
    private double _calls = limits.Calls;
    private double _credits = limits.Credits - (notifications * LookCost.Notification.Credits);
    private double _requests = limits.StorageRequests;

    /// <summary>Takes what a number of looks cost, or as many of them as there is room for.</summary>
    /// <returns>For how many there was room.</returns>
    public double Take(LookCost cost, double count)
    {
        var asked = cost.DingTalkCalls > 0 ? Math.Min(_infos, _calls / cost.DingTalkCalls) : double.PositiveInfinity;
        var room = Math.Min(asked, Math.Min(_credits / cost.Credits, _requests / (cost.Writes + cost.Reads)));
        var taken = Math.Max(0, Math.Min(count, room));
        _infos -= cost.DingTalkCalls > 0 ? taken : 0;
        _calls -= taken * cost.DingTalkCalls;
        _credits -= taken * cost.Credits;
        _requests -= taken * (cost.Writes + cost.Reads);
        return taken;
    }
}
