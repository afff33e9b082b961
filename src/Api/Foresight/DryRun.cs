using Notifications.Api.Limits;
using Notifications.Api.Orders;
using Notifications.Api.Wire;
using Notifications.Consumers.Conditions;
using Notifications.Consumers.HandOff;
using Notifications.Consumers.Recipients;
using Notifications.Consumers.Sms;
using Notifications.Hosting.Neighbours;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Foresight;

/// <summary>
/// What an order would do if it were accepted now: the same rules on the same registers, and nothing of it is sent or stored. The condition is
/// asked when the order would be sent at once.
/// </summary>
internal sealed class DryRun(
    OrderIntake orders, RegistrationLookup lookup, RecipientResolver resolver, SendConditions conditions, RecipientSettings settings, DailyQuota quota, LookupQuota lookups, ChannelRules rules,
    TimeProvider clock)
{
    public async Task<IResult> Of(OrderRequest request, IReadOnlyList<string>? warnings, string creator, CancellationToken cancellationToken)
    {
        (request, var refusal) = await orders.Prepare(request, creator, cancellationToken);
        if (refusal is not null)
            return refusal;

        var now = clock.GetUtcNow();
        var stale = settings.AlwaysUsesStale(creator);
        var sought = ShipmentsOf.Sought(request, stale);
        if (sought.Count > 0 && await lookups.Take(creator, LookupKind.DryRun, sought.Count, cancellationToken) is { } usedUp)
            return usedUp;

        var objections = new List<string>();
        if (await lookup.Find(sought, cancellationToken) is { MissingContact.Count: > 0 })
            objections.Add("Missing contact information for recipient(s): the order would be refused with 422.");
        if (await quota.IsUsedUp(creator, cancellationToken))
            objections.Add("The orders of the day are used up: the order would be refused with 429.");

        var shipments = new ShipmentsOf(Guid.Empty, creator, request.Planned(now), now, stale).All();
        var steps = new List<DryRunResponse.Step>();
        foreach (var alike in shipments.GroupBy(s => (s.Recipients, s.ChannelSchema, s.ResourceId, s.ResourceAction, s.IgnoreReservation, s.UseStaleContactInformation, s.EmailBody, s.EmailSubject, s.SmsBody, s.Texts)))
        {
            var order = Order(alike.First());
            var found = await Resolve(order, cancellationToken);
            foreach (var shipment in alike)
            {
                steps.AddRange(await Condition(shipment, now, cancellationToken));
                steps.AddRange(Messages(shipment, order, found, now));
            }
        }
        return Results.Json(new DryRunResponse(objections.Count == 0, [.. objections, .. warnings ?? []], [.. steps.OrderBy(s => s.At)]));
    }

    private static RecipientOrder Order(Shipment s)
    {
        var text = string.Join(' ', s.EmailSubject, s.EmailBody, s.SmsBody, s.Texts);
        return new RecipientOrder(
            OrderedRecipient.FromJson(s.Recipients), s.ChannelSchema, s.IgnoreReservation ?? false, s.UseStaleContactInformation,
            NamesRecipient: text.Contains("$recipientName$", StringComparison.Ordinal) || text.Contains("$recipientNumber$", StringComparison.Ordinal),
            s.ResourceId, s.ResourceAction, NamesResource: s.ResourceId is not null && text.Contains("$resourceName$", StringComparison.Ordinal),
            s.Fallback ?? Fallback.OnFailedDelivery, s.FallbackAfter, s.Texts is null ? null : ShipmentTexts.FromJson(s.Texts));
    }

    private async Task<IReadOnlyList<ResolvedRecipient>> Resolve(RecipientOrder order, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(settings.LookupTimeout);
        try
        {
            return await resolver.Find(Guid.Empty, order, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NeighbourAwayException(nameof(Profile), "no answer in time", e);
        }
    }

    private async Task<IEnumerable<DryRunResponse.Step>> Condition(Shipment shipment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (SendCondition.Of(shipment) is not { } condition)
            return [];
        if (shipment.RequestedSendTime > now)
            return [Step(shipment.RequestedSendTime, PlannedStep.AskCondition)];
        return [Step(now, await conditions.Ask(condition, shipment.Id, cancellationToken) switch
        {
            true => PlannedStep.ConditionMet,
            false => PlannedStep.ConditionNotMet,
            null => PlannedStep.ConditionUnanswered,
        })];
    }

    private IEnumerable<DryRunResponse.Step> Messages(Shipment shipment, RecipientOrder order, IReadOnlyList<ResolvedRecipient> found, DateTimeOffset now)
    {
        var sendTime = shipment.RequestedSendTime > now ? shipment.RequestedSendTime : now;
        var chosen = rules.Select(order, found);
        foreach (var message in chosen)
        {
            var what = message.State switch
            {
                NotificationState.New => shipment.Type == ShipmentType.Reminder ? PlannedStep.Remind : PlannedStep.Send,
                NotificationState.Failed_RecipientReserved => PlannedStep.RecipientReserved,
                _ => PlannedStep.RecipientNotIdentified,
            };
            yield return message.State == NotificationState.New
                ? Message(shipment, order, message, what, Opens(shipment, message.Channel, sendTime))
                : Step(sendTime, what) with { Channel = message.Channel.WireName };
        }
        foreach (var fallback in FallbackRules.Plan(order, found, chosen))
        {
            var leaves = Opens(shipment, fallback.First[0].Channel, sendTime) + (order.FallbackAfter ?? TimeSpan.Zero);
            foreach (var message in fallback.Instead)
                yield return Message(shipment, order, message, order.FallbackAfter is null ? PlannedStep.FallBackIfFailed : PlannedStep.FallBackIfFailedOrNotReported, Opens(shipment, message.Channel, leaves));
        }
    }

    private static DateTimeOffset Opens(Shipment shipment, Channel channel, DateTimeOffset time) =>
        SendingTimes.Window(SendingTimes.Of(shipment), channel)?.At(time).From is { } opening && opening > time ? opening : time;

    private static DryRunResponse.Step Message(Shipment shipment, RecipientOrder order, SelectedNotification message, PlannedStep what, DateTimeOffset at) => Step(at, what) with
    {
        Channel = message.Channel.WireName,
        Recipient = Masked.Of(message.Channel, message.Address),
        SmsParts = message.Channel == Channel.Sms ? SmsLength.Of(Placeholders.Fill(SmsText(shipment, order, message), message.RecipientName, message.Recipient.OrganizationNumber, message.ResourceName, EmailContentType.Plain)).Parts : null,
    };

    private static string SmsText(Shipment shipment, RecipientOrder order, SelectedNotification message) =>
        message.Language is { } language && order.Texts!.Sms!.TryGetValue(language, out var text) ? text : shipment.SmsBody!;

    private static DryRunResponse.Step Step(DateTimeOffset at, PlannedStep what) => new(at.UtcDateTime, what);
}

/// <summary>What an order would do at some time.</summary>
public enum PlannedStep
{
    AskCondition,
    ConditionMet,
    ConditionNotMet,
    ConditionUnanswered,
    Send,
    Remind,
    FallBackIfFailed,
    FallBackIfFailedOrNotReported,
    RecipientReserved,
    RecipientNotIdentified,
}

/// <summary>What an order would do.</summary>
/// <param name="Valid">Whether it would be accepted.</param>
/// <param name="Warnings">Why not, and what the request says that nobody reads.</param>
/// <param name="Steps">In their order.</param>
public sealed record DryRunResponse(bool Valid, IReadOnlyList<string> Warnings, IReadOnlyList<DryRunResponse.Step> Steps)
{
    /// <param name="At">When; of a fallback, at the earliest.</param>
    /// <param name="What">What.</param>
    public sealed record Step(DateTime At, PlannedStep What)
    {
        /// <summary><c>Email</c> or <c>SMS</c>.</summary>
        public string? Channel { get; init; }

        /// <summary>The address, masked.</summary>
        public string? Recipient { get; init; }
        public int? SmsParts { get; init; }
    }
}
