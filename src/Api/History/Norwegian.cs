using Notifications.Store;

namespace Notifications.Api.History;

internal sealed class Norwegian : Tongue
{
    public override string Code => "nb";

    public override string Announce(Awaited what) => what switch
    {
        Awaited.SendTime => "Forsendelsen sendes.",
        Awaited.Condition => "Vilkåret for sending spørres på nytt.",
        Awaited.Recipients => "Mottakernes adresser slås opp på nytt.",
        Awaited.Opening => "Det som venter på sendevinduet, sendes.",
        Awaited.Turn => "Det som venter på tur, sendes: avsenderen har mer enn leverandøren tar imot fra den på én gang.",
        Awaited.Retry => "Overleveringen til leverandøren prøves på nytt.",
        Awaited.Fallback => "Den andre kanalen brukes dersom ingen levering er meldt.",
        Awaited.Expiry => "Det som ikke er meldt levert innen da, regnes som ikke levert.",
        _ => "En påminnelse sendes.",
    };

    protected override string? OfShipment(HistoryLine line, string at) => (line.Kind, line.State ?? line.Reason) switch
    {
        (HistoryKind.Accepted, _) => $"Bestillingen ble mottatt {at}.",
        (HistoryKind.Rescheduled, _) => $"Bestilleren ga forsendelsen et nytt tidspunkt {at}.",
        (HistoryKind.RecipientsUnavailable, _) => $"Et register svarte ikke {at}, og oppslaget prøves på nytt.",
        (HistoryKind.ConditionUnanswered, _) => $"Vilkåret for sending ga ikke noe brukbart svar {at}.",
        (HistoryKind.RestStopped, _) => $"Vilkåret var ikke lenger oppfylt {at}, så det som ikke var sendt, ble holdt tilbake.",
        (HistoryKind.StateChanged, "CheckingCondition") => $"Det var tid for å sende {at}, og vilkåret for sending ble spurt.",
        (HistoryKind.StateChanged, "FetchingAttachments") => $"Vedleggene ble bedt om {at}.",
        (HistoryKind.StateChanged, "ResolvingRecipients") => $"Mottakernes adresser ble slått opp {at}.",
        (HistoryKind.StateChanged, "Sending") => $"Utsendingen begynte {at}.",
        (HistoryKind.StateChanged, "Completed") => $"Forsendelsen var ferdig {at}.",
        (HistoryKind.StateChanged, "ConditionNotMet") => $"Vilkåret for sending var ikke oppfylt {at}, så ingenting ble sendt.",
        (HistoryKind.StateChanged, "Cancelled") when line.Reason == "ByAppEvent" => $"Forsendelsen ble avlyst {at} fordi appinstansen var kommet videre.",
        (HistoryKind.StateChanged, "Cancelled") when line.Reason == "WithMain" => $"Forsendelsen ble avlyst {at} fordi hovedforsendelsen ble stanset.",
        (HistoryKind.StateChanged, "Cancelled") => $"Bestilleren avlyste forsendelsen {at}.",
        _ => null,
    };

    protected override string? OfMessage(HistoryLine line, string message, bool several, string at) => (line.Kind, line.Reason) switch
    {
        (HistoryKind.NotificationPlanned, "NoAddress") when line.State == nameof(NotificationState.Failed_RecipientReserved) => "Mottakeren har reservert seg og ble ikke varslet.",
        (HistoryKind.NotificationPlanned, "NoAddress") when line.State == nameof(NotificationState.Failed_RecipientNotIdentified) => $"Ingen {Address(line)} ble funnet for mottakeren.",
        (HistoryKind.NotificationPlanned, "NoAddress") => "Mottakeren kunne ikke slås opp så lenge det var tid til det.",
        (HistoryKind.NotificationPlanned, "Attachment") when line.State == nameof(NotificationState.Failed_PayloadTooLarge) => "Vedleggene er større enn leverandøren tar imot, så ingenting ble sendt.",
        (HistoryKind.NotificationPlanned, "Attachment") when line.State == nameof(NotificationState.Failed_InvalidSasUrl) => "Et vedlegg fantes ikke på adressen som var oppgitt, så ingenting ble sendt.",
        (HistoryKind.NotificationPlanned, "Attachment") => "Et vedlegg er ikke en fil av den typen som er oppgitt, eller kunne ikke hentes i tide, så ingenting ble sendt.",
        (HistoryKind.NotificationPlanned, "Preferred") => $"{Capital(line)} ble valgt {at} fordi bestillingen foretrekker det.",
        (HistoryKind.NotificationPlanned, "MissingAddress") => $"{Capital(line)} ble valgt {at} fordi mottakeren mangler {(line.Channel == Channel.Email ? "mobilnummer" : "e-postadresse")}.",
        (HistoryKind.FallbackChosen, "FailedDelivery") => $"Den første kanalen nådde ikke fram, så {Name(line)} ble valgt i stedet {at}.",
        (HistoryKind.FallbackChosen, _) => $"Ingen levering ble meldt i tide, så {Name(line)} ble valgt i tillegg {at}.",
        (HistoryKind.HandOffEnded, _) when line.Provider == Providers.StandIn => $"{message} nådde ingen {at}: adressen står ikke på lista over testmottakere.",
        (HistoryKind.HandOffEnded, nameof(AttemptOutcome.Accepted)) => $"{message} ble overlevert til leverandøren {at}.",
        (HistoryKind.HandOffEnded, nameof(AttemptOutcome.Refused)) => $"{message} ble avvist av leverandøren {at} ({line.ProviderState}).",
        (HistoryKind.HandOffEnded, nameof(AttemptOutcome.Deferred)) => $"{message} ble ikke tatt imot av leverandøren {at}, og prøves på nytt.",
        (HistoryKind.HandOffEnded, _) when line.Channel == Channel.Email && line.Provider != Providers.Smtp => $"Leverandøren svarte ikke {at}; {Lower(message)} sendes på nytt uten at den kan komme to ganger.",
        (HistoryKind.HandOffEnded, _) => $"Leverandøren svarte ikke {at}. Ingen vet om {Lower(message)} ble tatt imot, og derfor sendes den ikke på nytt.",
        (HistoryKind.ReportReceived, _) when line.State == nameof(NotificationState.Delivered) => $"{message} ble meldt levert {at}.",
        (HistoryKind.ReportReceived, _) when Failed(line) => $"{message} ble meldt ikke levert {at} ({line.ProviderState}).",
        (HistoryKind.ReportReceived, _) => $"Leverandøren meldte {at} om {Lower(message)}: {line.ProviderState}.",
        (HistoryKind.NotificationExpired, _) => $"Fristen for {Lower(message)} gikk ut {at} uten melding om levering.",
        (HistoryKind.NotificationTakenBack, _) => $"{message} ble holdt tilbake {at}.",
        _ => null,
    };

    protected override string Message(Channel channel, int count) => (channel.Name, count) switch
    {
        (nameof(Channel.Email), 1) => "E-posten",
        (nameof(Channel.Email), _) => $"{count} e-poster",
        (nameof(Channel.Sms), 1) => "SMS-en",
        (nameof(Channel.Sms), _) => $"{count} SMS-er",
        (var other, 1) => $"Meldingen over {other}",
        (var other, _) => $"{count} meldinger over {other}",
    };

    protected override string Time(DateTime local) => Format(local, "dd.MM.yyyy 'kl.' HH:mm");

    private static string Name(HistoryLine line) => line.Channel == Channel.Email ? "e-post" : "SMS";

    private static string Capital(HistoryLine line) => line.Channel == Channel.Email ? "E-post" : "SMS";

    private static string Address(HistoryLine line) => line.Channel == Channel.Email ? "e-postadresse" : "mobilnummer";

    private static string Lower(string message) => message.Replace("E-posten", "e-posten", StringComparison.Ordinal);
}
