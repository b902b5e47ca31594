namespace Deployment.Tests.Infrastructure;

/// <summary>Reads expressions of the template language.</summary>
internal ref struct ArmExpressionReader(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>The expression in a string, or null where the string is only a string.</summary>
    public static ArmExpression? Read(string text)
    {
        if (!text.StartsWith('[') || text.StartsWith("[[", StringComparison.Ordinal) || !text.EndsWith(']'))
        {
            return null;
        }

        var reader = new ArmExpressionReader(text.AsSpan(1..^1));
        var expression = reader.ReadExpression();
        return reader._rest.IsEmpty ? expression : throw new FormatException($"'{reader._rest}' is left of {text}");
    }

    private ArmExpression ReadExpression()
    {
        var expression = ReadPrimary();
        while (!_rest.IsEmpty)
        {
            if (TryTake('.'))
            {
                expression = new ArmExpression.Access(expression, new ArmExpression.Literal(ReadName()));
            }
            else if (TryTake('['))
            {
                expression = new ArmExpression.Access(expression, ReadExpression());
                Take(']');
            }
            else
            {
                break;
            }
        }

        return expression;
    }

    private ArmExpression ReadPrimary()
    {
        if (TryTake('\''))
        {
            return new ArmExpression.Literal(ReadQuoted());
        }

        var name = ReadName();
        if (int.TryParse(name, out var number))
        {
            return new ArmExpression.Number(number);
        }

        Take('(');
        var arguments = new List<ArmExpression>();
        while (!TryTake(')'))
        {
            arguments.Add(ReadExpression());
            TryTake(',');
        }

        return new ArmExpression.Call(name, arguments);
    }

    private string ReadQuoted()
    {
        var value = "";
        while (true)
        {
            var end = _rest.IndexOf('\'');
            value += _rest[..end].ToString();
            _rest = _rest[(end + 1)..];
            // A quote within is written twice.
            if (!_rest.StartsWith("'"))
            {
                _rest = _rest.TrimStart();
                return value;
            }

            value += "'";
            _rest = _rest[1..];
        }
    }

    private string ReadName()
    {
        var length = 0;
        while (length < _rest.Length && (char.IsLetterOrDigit(_rest[length]) || _rest[length] is '_' or '-'))
        {
            length++;
        }

        var name = _rest[..length].ToString();
        _rest = _rest[length..].TrimStart();
        return name;
    }

    private bool TryTake(char wanted)
    {
        if (_rest.IsEmpty || _rest[0] != wanted)
        {
            return false;
        }

        _rest = wanted == '\'' ? _rest[1..] : _rest[1..].TrimStart();
        return true;
    }

    private void Take(char wanted)
    {
        if (!TryTake(wanted))
        {
            throw new FormatException($"'{wanted}' is expected before '{_rest}'");
        }
    }
}
