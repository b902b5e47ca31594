using DingTalkSimulator.Faults;

namespace DingTalkSimulator.Control;

/// <summary>Scripts as requests hold them.</summary>
internal static class ScriptFields
{
    /// <summary>What is wrong with a script.</summary>
    /// <returns>The field and what was expected there; null where nothing is wrong.</returns>
    public static FieldFault? FindFault(string field, IReadOnlyList<ScriptStep>? steps, bool ofFiles = false)
        => steps?.Select((step, index) => step.FindFault(ofFiles)?.Within($"{field}[{index}]"))
            .FirstOrDefault(static fault => fault is not null);

    /// <summary>Replaces what is left of a script; null leaves it.</summary>
    public static void Set(AnswerScript script, IReadOnlyList<ScriptStep>? steps)
    {
        if (steps is null)
        {
            return;
        }

        script.Clear();
        foreach (var step in steps)
        {
            script.Add(step.ToAnswer(), step.Times);
        }
    }
}
