using System.Diagnostics.CodeAnalysis;

namespace MeetingRecordings;

/// <summary>What came of reading something from outside: the value, or the field at fault.</summary>
/// <typeparam name="T">The value.</typeparam>
public readonly struct Parsed<T>
    where T : class
{
    private readonly T? _value;
    private readonly FieldProblem? _problem;

    private Parsed(T? value, FieldProblem? problem) => (_value, _problem) = (value, problem);

    /// <summary>A value.</summary>
    public static implicit operator Parsed<T>(T value) => new(value, null);

    /// <summary>A problem.</summary>
    public static implicit operator Parsed<T>(FieldProblem problem) => new(null, problem);

    /// <summary>Whether there is a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="problem">The problem, where there is none.</param>
    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out FieldProblem? problem)
    {
        (value, problem) = (_value, _problem);
        return value is not null;
    }
}
