using System.Text.Json.Serialization;
using Notifications.Api.Orders;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Apps;

/// <summary>
/// A notification rule: when an instance of an app comes to a step of its process, this is ordered, once. Before anything of it is sent, the
/// instance is looked at in Altinn Storage: whether it is still there.
/// </summary>
public sealed record RuleRequest
{
    /// <summary>One of your own apps, such as <c>ttd/app-name</c>.</summary>
    public required string App { get; init; }
    public required RuleTrigger On { get; init; }

    /// <summary>
    /// <c>"instanceOwner"</c>, which is the default, or somebody by name: an object with one of <c>nationalIdentityNumber</c>, <c>orgNumber</c>,
    /// <c>externalIdentity</c>, <c>emailAddress</c> and <c>phoneNumber</c>.
    /// </summary>
    [JsonConverter(typeof(RuleRecipientJson))]
    public RuleRecipient? Recipient { get; init; }
    public RuleOrder? Order { get; init; }

    /// <summary>Each message is in the language of its recipient, where Altinn Profile says one when it is due; in bokmål otherwise.</summary>
    public required RuleTexts Texts { get; init; }

    /// <summary>What must hold of the instance besides, right before sending.</summary>
    public InstancePredicateRequest? Condition { get; init; }

    /// <summary>
    /// The events of the instance that end what waits of the order, reminders too, by their CloudEvents types: <c>app.instance.process.completed</c>,
    /// <c>app.instance.process.movedTo.Task_3</c>, or one of the app's own.
    /// </summary>
    public IReadOnlyList<string>? StopOn { get; init; }

    internal RuleOrder Ordered => Order ?? new RuleOrder();

    internal RuleRecipient To => Recipient ?? RuleRecipient.InstanceOwner;

    internal ChannelSchema Schema => To.EmailAddress is not null ? ChannelSchema.Email : To.PhoneNumber is not null ? ChannelSchema.Sms : Ordered.ChannelSchema;
}

/// <summary>The step.</summary>
public sealed record RuleTrigger
{
    /// <summary>
    /// By its CloudEvents type: <c>app.instance.created</c>, <c>app.instance.process.movedTo</c>, <c>app.instance.process.completed</c> or
    /// <c>app.instance.substatus.changed</c>.
    /// </summary>
    public required string Event { get; init; }

    /// <summary>The element id of the task, of <c>app.instance.process.movedTo</c>.</summary>
    public string? Task { get; init; }
}

/// <summary>What is ordered, as in <c>POST /future/orders</c>, but for the recipient and the texts.</summary>
public sealed record RuleOrder
{
    public ChannelSchema ChannelSchema { get; init; } = ChannelSchema.EmailPreferred;

    /// <summary>What the message is about; the app when it is left out.</summary>
    public string? ResourceId { get; init; }
    public string? ResourceAction { get; init; }
    public bool IgnoreReservation { get; init; }
    public bool UseStaleContactInformation { get; init; }
    public RuleEmailSettings? EmailSettings { get; init; }
    public RuleSmsSettings? SmsSettings { get; init; }

    /// <summary><c>app-</c> and the instance's id when it is left out.</summary>
    public string? SendersReference { get; init; }

    /// <summary>How long to wait before the first message: an ISO 8601 duration such as <c>PT2H</c>; not at all when it is left out.</summary>
    public string? SendAfter { get; init; }
    public Uri? ConditionEndpoint { get; init; }
    public ConditionOnError? ConditionOnError { get; init; }
    public SendingWindowRequest? SendingWindow { get; init; }
    public Fallback? Fallback { get; init; }
    public string? FallbackAfter { get; init; }
    public ReminderPolicy? ReminderPolicy { get; init; }
    public IReadOnlyList<RuleReminder>? Reminders { get; init; }
    public RuleReminderPlan? ReminderPlan { get; init; }
}

public sealed record RuleEmailSettings
{
    public string? SenderEmailAddress { get; init; }
    public EmailContentType ContentType { get; init; } = EmailContentType.Plain;
}

public sealed record RuleSmsSettings
{
    public string? Sender { get; init; }
    public SendingTimePolicy SendingTimePolicy { get; init; } = SendingTimePolicy.Daytime;
}

/// <summary>A reminder, so many days after the first message.</summary>
public sealed record RuleReminder
{
    public required int DelayDays { get; init; }
    public string? SendersReference { get; init; }

    /// <summary>The rule's own when they are left out.</summary>
    public RuleTexts? Texts { get; init; }

    /// <summary>The rule's own when it is left out.</summary>
    public InstancePredicateRequest? Condition { get; init; }
}

/// <summary>Reminders at equal distances.</summary>
public sealed record RuleReminderPlan
{
    /// <summary>An ISO 8601 duration of whole days, such as <c>P7D</c>.</summary>
    public required string Every { get; init; }

    /// <summary>How many at most.</summary>
    public required int Max { get; init; }

    /// <summary>The rule's own when they are left out.</summary>
    public RuleTexts? Texts { get; init; }

    /// <summary>The rule's own when it is left out.</summary>
    public InstancePredicateRequest? Condition { get; init; }
}

/// <summary>The texts in each language that there is.</summary>
public sealed record RuleTexts
{
    public RuleText? Nb { get; init; }
    public RuleText? Nn { get; init; }
    public RuleText? En { get; init; }

    /// <summary>What they say over one channel: to those whose language is none of them or is not known, and by language where there are several.</summary>
    internal (T? Own, IReadOnlyDictionary<string, T>? InLanguages) Over<T>(Func<RuleText, T?> channel)
        where T : class
    {
        var written = new[] { (Language: ReaderLanguage.Bokmal, Text: Nb), (Language: ReaderLanguage.Nynorsk, Text: Nn), (Language: ReaderLanguage.English, Text: En) }
            .Select(t => (t.Language, Text: t.Text is null ? null : channel(t.Text))).Where(t => t.Text is not null).ToArray();
        return (written.FirstOrDefault().Text, written.Length > 1 ? written.ToDictionary(t => t.Language, t => t.Text!, StringComparer.Ordinal) : null);
    }
}

/// <summary>What a message says in one language.</summary>
public sealed record RuleText
{
    public string? EmailSubject { get; init; }
    public string? EmailBody { get; init; }
    public string? SmsBody { get; init; }
}
