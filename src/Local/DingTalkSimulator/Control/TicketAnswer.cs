using DingTalkSimulator.Pushing;

namespace DingTalkSimulator.Control;

/// <summary>A suite ticket that was made.</summary>
/// <param name="SuiteTicket">The ticket.</param>
/// <param name="Push">What came of its push.</param>
internal sealed record TicketAnswer(string SuiteTicket, PushResult Push);
