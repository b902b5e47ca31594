namespace Deployment.Tests.Infrastructure;

/// <summary>An expression of the template language, as <c>[format('{0}-{1}', parameters('name'), 'x')]</c> has one in its brackets.</summary>
internal abstract record ArmExpression
{
    private ArmExpression()
    {
    }

    public sealed record Literal(string Value) : ArmExpression;

    public sealed record Number(int Value) : ArmExpression;

    public sealed record Call(string Function, IReadOnlyList<ArmExpression> Arguments) : ArmExpression;

    public sealed record Access(ArmExpression Of, ArmExpression Member) : ArmExpression;
}
