namespace MeetingRecordings.Functions.Settings;

/// <summary>A setting that looks like one of the app's and is none.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Nearest">The name that it may have been meant for.</param>
internal sealed record UnknownSetting(string Name, string Nearest);
