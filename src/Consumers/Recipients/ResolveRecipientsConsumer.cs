using System.Text.Json;
using MassTransit;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Consumers.Recipients;

/// <summary>Finds out how the recipients of a shipment can be reached, now, and keeps it for the saga's choice. Decides nothing.</summary>
public sealed class ResolveRecipientsConsumer(ReadRecipients recipients, Profile profile, Register register) : IConsumer<ResolveRecipients>
{
    public async Task Consume(ConsumeContext<ResolveRecipients> context)
    {
        var shipmentId = context.Message.ShipmentId;
        if (await recipients.Order(shipmentId, context.CancellationToken) is not { } order)
            return;

        try
        {
            foreach (var found in await Find(shipmentId, order, context.CancellationToken))
                context.Enlist(StoreRecipients.Statement(found));
            await context.Publish(new RecipientsResolved(shipmentId));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !context.CancellationToken.IsCancellationRequested))
        {
            await context.Publish(new RecipientsUnavailable(shipmentId));
        }
    }

    private async Task<IReadOnlyList<ResolvedRecipient>> Find(Guid shipmentId, RecipientOrder order, CancellationToken cancellationToken)
    {
        var numbers = order.Recipients.Select(r => r.NationalIdentityNumber).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        var lookup = numbers.Length > 0 ? profile.Persons(numbers, order.UseStaleContactInformation, cancellationToken) : Task.FromResult<IReadOnlyList<PersonContact>>([]);
        var names = order.NamesRecipient && numbers.Length > 0 ? await register.PersonNames(numbers, cancellationToken) : null;
        var persons = (await lookup).ToDictionary(p => p.NationalIdentityNumber, StringComparer.Ordinal);

        return [.. order.Recipients.Select((recipient, ordinal) =>
        {
            var person = recipient.NationalIdentityNumber is { } number ? persons.GetValueOrDefault(number) : null;
            return new ResolvedRecipient
            {
                ShipmentId = shipmentId,
                Ordinal = ordinal,
                IsReserved = person?.IsReserved ?? false,
                Emails = (recipient.Email ?? person?.Email) is { } email && !string.IsNullOrWhiteSpace(email) ? [email] : [],
                Mobiles = (recipient.Mobile ?? MobileNumber.Normalize(person?.MobileNumber)) is { } mobile ? [mobile] : [],
                Name = recipient.NationalIdentityNumber is { } id ? names?.GetValueOrDefault(id) : null,
            };
        })];
    }
}

public sealed class ResolveRecipientsDefinition : ConsumerDefinition<ResolveRecipientsConsumer>
{
    public ResolveRecipientsDefinition()
    {
        EndpointName = Addresses.RecipientsQueue;
        ConcurrentMessageLimit = 32;
    }

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ResolveRecipientsConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.PrefetchCount = 64;
        endpointConfigurator.UseMessageRetry(r => r.Intervals(100, 500, 2000, 5000));
        endpointConfigurator.UsePostgresOutbox(context);
    }
}
