using System.Linq.Expressions;
using MassTransit;

namespace Notifications.Durability;

/// <summary>
/// The instances that a message for several of them names itself: the ids of an expression <c>ids.Contains(saga.CorrelationId)</c>, which need
/// not be looked for.
/// </summary>
static class NamedInstances
{
    /// <summary>Null for any other expression.</summary>
    public static List<Guid>? Of<TSaga>(ISagaQuery<TSaga> query)
        where TSaga : class, ISaga
    {
        if (query.FilterExpression.Body is not MethodCallExpression { Method.Name: nameof(Enumerable.Contains) } call)
            return null;

        Expression[] operands = call.Object is null ? [.. call.Arguments] : [call.Object, .. call.Arguments];
        return operands is [var ids, MemberExpression { Member.Name: nameof(ISaga.CorrelationId), Expression: ParameterExpression }]
            && ids.Type.IsAssignableTo(typeof(IEnumerable<Guid>)) && IsKnown(ids)
            ? [.. Expression.Lambda<Func<IEnumerable<Guid>>>(ids).Compile(preferInterpretation: true)().Distinct().Order()]
            : null;
    }

    /// <summary>A member of a value that is there already, as the message is.</summary>
    static bool IsKnown(Expression expression) => expression switch
    {
        MemberExpression { Expression: { } of } => IsKnown(of),
        ConstantExpression => true,
        _ => false,
    };
}
