namespace FunctionsHost;

/// <summary>When a worker had come how far, counted from the creation of its process.</summary>
/// <param name="Connected">Its stream had begun: the runtime, the app's registrations and its server were up.</param>
/// <param name="Initialized">It had told its capabilities.</param>
/// <param name="Indexed">It had told its functions.</param>
/// <param name="Loaded">It had loaded all of them.</param>
public sealed record StartTimes(TimeSpan Connected, TimeSpan Initialized, TimeSpan Indexed, TimeSpan Loaded);
