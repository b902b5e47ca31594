using MeetingRecordings.Conferences;
using Microsoft.Extensions.Configuration;

namespace MeetingRecordings.Functions.Settings;

/// <summary>The account of the manifests and their container.</summary>
internal sealed record ManifestSettings(IConfiguration Connection, string Container, MeetingFields Omitted)
{
    private const string Name = "Manifests";

    public static ManifestSettings Read(SettingsReader reader)
    {
        // Read for its form.
        _ = reader.Address($"{Name}__blobServiceUri");
        return new ManifestSettings(
            reader.Connection(Name, "blobServiceUri", ConnectionStrings.ProblemOfBlobs),
            reader.Name("ManifestContainer", "manifests", AzureNames.Container(), AzureNames.ContainerGrammar),
            ReadOmitted(reader));
    }

    public static MeetingFields ReadOmitted(SettingsReader reader)
        => reader.Choices<MeetingFields>("Manifest__Omit").Aggregate(MeetingFields.None, static (all, field) => all | field);
}
