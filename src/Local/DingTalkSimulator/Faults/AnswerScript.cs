namespace DingTalkSimulator.Faults;

/// <summary>Answers to give, one a call, before the usual one.</summary>
public sealed class AnswerScript
{
    private readonly Lock _gate = new();
    private readonly Queue<(ScriptedAnswer Answer, int Times)> _answers = new();
    private int _given;
    private volatile bool _empty = true;

    /// <summary>Whether every answer has been given.</summary>
    public bool IsEmpty => _empty;

    /// <summary>Adds an answer at the end.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="times">To how many calls; <see cref="int.MaxValue"/> never ends.</param>
    /// <returns>This script.</returns>
    public AnswerScript Add(ScriptedAnswer answer, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        lock (_gate)
        {
            _answers.Enqueue((answer, times));
            _empty = false;
        }

        return this;
    }

    /// <summary>Forgets every answer that has not been given.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _answers.Clear();
            _given = 0;
            _empty = true;
        }
    }

    /// <summary>The next answer, which stays.</summary>
    /// <returns>The answer; null where the usual one is due.</returns>
    public ScriptedAnswer? Peek()
    {
        lock (_gate)
        {
            return _answers.TryPeek(out var next) ? next.Answer : null;
        }
    }

    /// <summary>Takes the next answer.</summary>
    /// <returns>The answer; null where the usual one is due.</returns>
    internal ScriptedAnswer? Take()
    {
        if (_empty)
        {
            return null;
        }

        lock (_gate)
        {
            if (!_answers.TryPeek(out var next))
            {
                return null;
            }

            if (next.Times != int.MaxValue && ++_given == next.Times)
            {
                _answers.Dequeue();
                _given = 0;
                _empty = _answers.Count == 0;
            }

            return next.Answer;
        }
    }
}
