using System.Diagnostics;
using System.Text.Json;

namespace LocalHost.Settings;

/// <summary>
/// The folder of one running LocalHost. It keeps a second one out, and says where the first one's services are, so that commands find them.
/// </summary>
public sealed class StateFolder : IDisposable
{
    private const string LockFile = "in-use";
    private const string SettingsFile = "running.json";

    private readonly string _path;
    private readonly FileStream _lock;

    private StateFolder(string path, FileStream held)
    {
        _path = path;
        _lock = held;
    }

    /// <summary>Takes a folder, and makes it where there is none.</summary>
    /// <exception cref="LocalHostException">Another LocalHost uses it, or it cannot be made.</exception>
    public static StateFolder Take(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            return new StateFolder(path, new FileStream(Path.Combine(path, LockFile), FileMode.Create, FileAccess.Write, FileShare.None));
        }
        catch (IOException e) when (File.Exists(Path.Combine(path, LockFile)))
        {
            throw new LocalHostException($"Another LocalHost uses the state folder {path}. Stop it, or name another folder with --state.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"The state folder {path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Says where the services are.</summary>
    public void Tell(IReadOnlyDictionary<string, string?> settings)
        => File.WriteAllText(
            Path.Combine(_path, SettingsFile), JsonSerializer.Serialize(new Running(Environment.ProcessId, settings), StateFolderJsonContext.Default.Running));

    /// <summary>The settings of the LocalHost that runs with a folder; none where none does.</summary>
    public static IReadOnlyDictionary<string, string?> SettingsOf(string path)
    {
        try
        {
            var running = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(path, SettingsFile)), StateFolderJsonContext.Default.Running);
            if (running is not null)
            {
                using var process = Process.GetProcessById(running.ProcessId);
                return running.Settings;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            // Nobody runs there, or has been killed.
        }

        return new Dictionary<string, string?>();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        File.Delete(Path.Combine(_path, SettingsFile));
        _lock.Dispose();
    }

    internal sealed record Running(int ProcessId, IReadOnlyDictionary<string, string?> Settings);
}
