using System.Text.RegularExpressions;
using FluentValidation;
using Notifications.Api.Wire;
using Notifications.Store;

namespace Notifications.Api.Orders;

/// <summary>What must hold of an app instance. A deleted instance fulfils nothing.</summary>
public record InstancePredicateRequest
{
    /// <summary>
    /// <c>NotSubmitted</c>, <c>Submitted</c>, <c>StillInTask</c> (without a break since the order was made), <c>StuckInTask</c> (that, for longer
    /// than <c>olderThan</c>), <c>Unread</c>, <c>UnreadChanges</c>, <c>DocumentUnread</c> (one of <c>dataType</c>), <c>NotArchivedOrDeleted</c>,
    /// <c>NotConfirmed</c> (by the app's owner), <c>SubstatusIs</c> or <c>SubstatusIsNot</c> (<c>label</c>).
    /// </summary>
    public required InstancePredicate Predicate { get; init; }

    /// <summary>The task's element id, of <c>StillInTask</c> and <c>StuckInTask</c>.</summary>
    public string? Task { get; init; }

    /// <summary>An ISO 8601 duration such as <c>P14D</c>, of <c>StuckInTask</c>.</summary>
    public string? OlderThan { get; init; }

    /// <summary>Of <c>DocumentUnread</c>.</summary>
    public string? DataType { get; init; }

    /// <summary>The label of the substatus, of <c>SubstatusIs</c> and <c>SubstatusIsNot</c>.</summary>
    public string? Label { get; init; }
}

/// <summary>
/// A condition on an instance of one of your own Altinn apps, which is read in Altinn Storage right before sending; together with
/// <c>conditionEndpoint</c>, both must say yes.
/// </summary>
public sealed partial record InstanceConditionRequest : InstancePredicateRequest
{
    /// <summary>Such as <c>ttd/app-name</c>.</summary>
    public required string App { get; init; }

    /// <summary>The party id of the instance's owner, a slash, and the instance's GUID.</summary>
    public required string InstanceId { get; init; }

    /// <summary>When the instance entered the task that it stood in when this was ordered.</summary>
    internal DateTimeOffset? Since { get; init; }

    /// <summary>What must hold beside it, of an order that a rule makes.</summary>
    internal InstanceConditionRequest? And { get; init; }

    internal InstanceCondition ToCondition() => new()
    {
        App = App,
        InstanceId = InstanceId.ToLowerInvariant(),
        Predicate = Predicate,
        Task = Task,
        Since = Since,
        OlderThan = IsoDuration.Parse(OlderThan),
        DataType = DataType,
        Label = Label,
    };

    /// <summary>It and what must hold beside it.</summary>
    internal IEnumerable<InstanceCondition> All() => And is null ? [ToCondition()] : [ToCondition(), .. And.All()];

    internal static bool IsApp(string? app) => app is not null && AppName().IsMatch(app);

    internal static bool IsInstanceId(string? id) => id is not null && InstanceName().IsMatch(id);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,29}/[a-z][a-z0-9-]{0,99}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AppName();

    [GeneratedRegex(@"\A[0-9]{1,10}/[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InstanceName();
}

public sealed class InstanceConditionRequestValidator : InstancePredicateValidator<InstanceConditionRequest>
{
    public const string WhatAnAppIs = "Give the owner's short name and the app's name, such as ttd/app-name.";

    public InstanceConditionRequestValidator()
    {
        RuleFor(c => c.App).Must(InstanceConditionRequest.IsApp).WithMessage(WhatAnAppIs);
        RuleFor(c => c.InstanceId).Must(InstanceConditionRequest.IsInstanceId).WithMessage("Give a party id, a slash and a GUID.");
    }
}

public class InstancePredicateValidator<T> : AbstractValidator<T>
    where T : InstancePredicateRequest
{
    public const int LongestName = 200;

    public InstancePredicateValidator()
    {
        RuleFor(c => c.Predicate).IsInEnum();
        Belongs(c => c.Task, InstancePredicate.StillInTask, InstancePredicate.StuckInTask);
        Belongs(c => c.OlderThan, InstancePredicate.StuckInTask);
        RuleFor(c => c.OlderThan).Must(time => IsoDuration.Parse(time) > TimeSpan.Zero).When(c => c is { Predicate: InstancePredicate.StuckInTask, OlderThan: not null })
            .WithMessage("Give a duration such as P14D.");
        Belongs(c => c.DataType, InstancePredicate.DocumentUnread);
        Belongs(c => c.Label, InstancePredicate.SubstatusIs, InstancePredicate.SubstatusIsNot);
    }

    private void Belongs(System.Linq.Expressions.Expression<Func<T, string?>> member, params InstancePredicate[] predicates)
    {
        RuleFor(member).NotEmpty().MaximumLength(LongestName).When(c => predicates.Contains(c.Predicate));
        RuleFor(member).Null().When(c => Enum.IsDefined(c.Predicate) && !predicates.Contains(c.Predicate))
            .WithMessage($"This says something only with {string.Join(" and ", predicates)}.");
    }
}
