namespace MeetingRecordings.Archiving;

/// <summary>A host's name stands for no address that may be connected to.</summary>
internal sealed class AddressNotAllowedException() : IOException("The host has no public address.");
