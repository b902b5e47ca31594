namespace MeetingRecordings.Checkpoints;

/// <summary>
/// Is told of every step that is passed, so that tests can end the process between any two. The app registers none, and then
/// a step costs one comparison with null.
/// </summary>
public interface ICheckpoints
{
    /// <summary>A step is passed.</summary>
    /// <param name="checkpoint">Which.</param>
    void Pass(Checkpoint checkpoint);
}
