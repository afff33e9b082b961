using Notifications.Api.History;
using Notifications.Sagas;
using Notifications.Store;

namespace Notifications.Api.Monitoring;

/// <summary>What the pages say, in one language. States of messages, outcomes and the like go by their names on the wire.</summary>
internal sealed record Words
{
    public required string Title { get; init; }
    public required string SkipToContent { get; init; }
    public required string OtherLanguage { get; init; }
    public required string Find { get; init; }
    public required string FindHint { get; init; }
    public required string FindButton { get; init; }
    public required string NothingFound { get; init; }
    public required string Found { get; init; }
    public required string Older { get; init; }
    public required string Further { get; init; }
    public required string Overview { get; init; }
    public required string At { get; init; }
    public required string Time { get; init; }
    public required string NorwegianTime { get; init; }
    public required string Providers { get; init; }
    public required string AllProvidersCalled { get; init; }
    public required string Neighbours { get; init; }
    public required string AllNeighboursAsked { get; init; }
    public required string Neighbour { get; init; }
    public required string Host { get; init; }
    public required string NextDecides { get; init; }
    public required string LastAnswer { get; init; }
    public required string Provider { get; init; }
    public required string Everybody { get; init; }
    public required string DefaultSender { get; init; }
    public required string Sender { get; init; }
    public required string Gate { get; init; }
    public required string Closed { get; init; }
    public required string HalfOpen { get; init; }
    public required string Cause { get; init; }
    public required string Answer { get; init; }
    public required string Since { get; init; }
    public required string Tries { get; init; }
    public required string Shipments { get; init; }
    public required string Messages { get; init; }
    public required string Machinery { get; init; }
    public required string Finished { get; init; }
    public required string NothingFinished { get; init; }
    public required string Duplicates { get; init; }
    public required string PreventedBy { get; init; }
    public required string Today { get; init; }
    public required string Week { get; init; }
    public required string State { get; init; }
    public required string Count { get; init; }
    public required string MoreThan { get; init; }
    public required string AboutOpen { get; init; }
    public required string Oldest { get; init; }
    public required string Age { get; init; }
    public required string InState { get; init; }
    public required string Shipment { get; init; }
    public required string Order { get; init; }
    public required string Creator { get; init; }
    public required string Type { get; init; }
    public required string Reference { get; init; }
    public required string Accepted { get; init; }
    public required string SendTime { get; init; }
    public required string Channels { get; init; }
    public required string Recipients { get; init; }
    public required string LookupsInVain { get; init; }
    public required string ConditionInVain { get; init; }
    public required string Story { get; init; }
    public required string Next { get; init; }
    public required string NothingNext { get; init; }
    public required string Sent { get; init; }
    public required string NothingSent { get; init; }
    public required string Message { get; init; }
    public required string Channel { get; init; }
    public required string Address { get; init; }
    public required string Calls { get; init; }
    public required string Reports { get; init; }
    public required string UnderWay { get; init; }
    public required string History { get; init; }
    public required string What { get; init; }
    public required string Reason { get; init; }
    public required string NotThere { get; init; }
    public required string Hours { get; init; }

    /// <summary>Of sagas' states and of everything that is counted, by their names.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    public static Words Of(Tongue tongue) => tongue == Tongue.English ? English : Norwegian;

    public static readonly Words Norwegian = new()
    {
        Title = "Drift av varslinger",
        SkipToContent = "Hopp til innholdet",
        OtherLanguage = "English",
        Find = "Finn en forsendelse",
        FindHint = "ID til en bestilling, en forsendelse eller en melding, avsenders referanse, eller SMS-leverandørens referanse",
        FindButton = "Finn",
        NothingFound = "Ingen forsendelse har denne ID-en eller referansen.",
        Found = "Forsendelser for",
        Older = "Eldre",
        Further = "Flere",
        Overview = "Oversikt",
        At = "Slik det var",
        Time = "Tid",
        NorwegianTime = "Alle klokkeslett er norsk tid.",
        Providers = "Leverandører",
        AllProvidersCalled = "Alle leverandører tar imot meldinger.",
        Neighbours = "Systemer som ikke spørres nå",
        AllNeighboursAsked = "Ingen av systemene vi spør, er sperret.",
        Neighbour = "System",
        Host = "Vert",
        NextDecides = "På gløtt: neste spørsmål avgjør",
        LastAnswer = "Siste svar",
        Provider = "Leverandør",
        Everybody = "alle avsendere",
        DefaultSender = "standardavsenderen",
        Sender = "Gjelder",
        Gate = "Sperre",
        Closed = "Stengt til",
        HalfOpen = "På gløtt: én melding går foran de andre",
        Cause = "Årsak",
        Answer = "Leverandørens svar",
        Since = "Siden",
        Tries = "Forsøk",
        Shipments = "Forsendelser",
        Messages = "Meldinger",
        Machinery = "Maskineriet",
        Finished = "Ferdig den siste timen",
        NothingFinished = "Ingen forsendelse ble ferdig den siste timen.",
        Duplicates = "Dobbeltsendinger som ble hindret",
        PreventedBy = "Hva som ville ha sendt en gang til",
        Today = "I dag",
        Week = "Sju døgn",
        State = "Tilstand",
        Count = "Antall",
        MoreThan = "minst",
        AboutOpen = "Omtrent så mange forsendelser er ikke ferdige, etter databasens statistikk:",
        Oldest = "Eldste siden",
        Age = "Alder",
        InState = "Lengst i tilstanden",
        Shipment = "Forsendelse",
        Order = "Bestilling",
        Creator = "Tjenesteeier",
        Type = "Slag",
        Reference = "Avsenders referanse",
        Accepted = "Mottatt",
        SendTime = "Sendetid",
        Channels = "Kanaler",
        Recipients = "Mottakere",
        LookupsInVain = "Adresseoppslag uten svar",
        ConditionInVain = "Vilkåret spurt uten svar",
        Story = "Hva som skjedde",
        Next = "Hva som skjer videre",
        NothingNext = "Ingenting mer: forsendelsen er ferdig.",
        Sent = "Meldinger og forsøk",
        NothingSent = "Ingen meldinger ennå.",
        Message = "Melding",
        Channel = "Kanal",
        Address = "Adresse",
        Calls = "Forsøk på overlevering",
        Reports = "Leveringsrapporter",
        UnderWay = "pågår",
        History = "Historikk",
        What = "Hva",
        Reason = "Grunn",
        NotThere = "Det er ingenting på denne adressen.",
        Hours = "t",
        Names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [nameof(OrderStateMachine.Scheduled)] = "Venter på sendetiden",
            [nameof(OrderStateMachine.CheckingCondition)] = "Vilkåret spørres",
            [nameof(OrderStateMachine.FetchingAttachments)] = "Vedlegg hentes",
            [nameof(OrderStateMachine.ResolvingRecipients)] = "Mottakere slås opp",
            [nameof(OrderStateMachine.PlanningNotifications)] = "Meldinger planlegges",
            [nameof(OrderStateMachine.Sending)] = "Sendes, eller venter på rapport",
            [nameof(OrderStateMachine.Completed)] = "Ferdig",
            [nameof(OrderStateMachine.ConditionNotMet)] = "Vilkåret var ikke oppfylt",
            [nameof(OrderStateMachine.Cancelled)] = "Avbestilt",
            [ReadOverview.DueEmail] = "E-post som skal ut nå",
            [ReadOverview.DueSms] = "SMS som skal ut nå",
            [ReadOverview.LaterEmail] = "E-post som venter på sin tid",
            [ReadOverview.LaterSms] = "SMS som venter på sin tid",
            [ReadOverview.Calls] = "Pågående kall til leverandører",
            [ReadOverview.Unreported] = "Tatt imot av leverandøren, uten rapport",
            [ReadOverview.UnmatchedReports] = "Rapporter om ukjente meldinger",
            [ReadOverview.Overdue] = "Forsendelser som står stille og drives på nytt",
            [ReadOverview.Timers] = "Tidsur som skulle ha gått",
            [ReadOverview.Outbox] = "Utgående interne meldinger",
            [ReadOverview.FailingWebhooks] = "Webhooks som ikke svarer",
            [ReadOverview.DisabledWebhooks] = "Webhooks som er slått av",
            [nameof(DuplicateKind.ClaimTaken)] = "En kommando som kom igjen",
            [nameof(DuplicateKind.CallRepeated)] = "Et gjentatt kall som leverandøren kjente igjen",
            [nameof(DuplicateKind.UnknownNotRepeated)] = "Et kall uten svar, som ikke gjentas",
            [WireStatus.Completed] = "Ferdig",
            [WireStatus.SendConditionNotMet] = "Vilkåret var ikke oppfylt",
            [WireStatus.Cancelled] = "Avbestilt",
        },
    };

    public static readonly Words English = new()
    {
        Title = "Notifications in operation",
        SkipToContent = "Skip to the content",
        OtherLanguage = "Norsk",
        Find = "Find a shipment",
        FindHint = "Id of an order, a shipment or a message, a sender's reference, or the SMS provider's reference",
        FindButton = "Find",
        NothingFound = "No shipment has this id or reference.",
        Found = "Shipments for",
        Older = "Older",
        Further = "More",
        Overview = "Overview",
        At = "As of",
        Time = "Time",
        NorwegianTime = "All times are those of Norway.",
        Providers = "Providers",
        AllProvidersCalled = "All providers take messages.",
        Neighbours = "Systems that are not asked at present",
        AllNeighboursAsked = "No breaker to a system that we ask is open.",
        Neighbour = "System",
        Host = "Host",
        NextDecides = "Half-open: the next question decides",
        LastAnswer = "Last answer",
        Provider = "Provider",
        Everybody = "all senders",
        DefaultSender = "the default sender",
        Sender = "Concerns",
        Gate = "Breaker",
        Closed = "Open: no calls until",
        HalfOpen = "Half-open: one message goes ahead of the others",
        Cause = "Cause",
        Answer = "The provider's answer",
        Since = "Since",
        Tries = "Tries",
        Shipments = "Shipments",
        Messages = "Messages",
        Machinery = "Machinery",
        Finished = "Final in the last hour",
        NothingFinished = "No shipment became final in the last hour.",
        Duplicates = "Duplicates prevented",
        PreventedBy = "What would have sent once more",
        Today = "Today",
        Week = "Seven days",
        State = "State",
        Count = "Count",
        MoreThan = "at least",
        AboutOpen = "About so many shipments are not final, by the statistics of the database:",
        Oldest = "Oldest since",
        Age = "Age",
        InState = "Longest in the state",
        Shipment = "Shipment",
        Order = "Order",
        Creator = "Service owner",
        Type = "Type",
        Reference = "Sender's reference",
        Accepted = "Accepted",
        SendTime = "Send time",
        Channels = "Channels",
        Recipients = "Recipients",
        LookupsInVain = "Lookups without an answer",
        ConditionInVain = "Condition asked without an answer",
        Story = "What happened",
        Next = "What happens next",
        NothingNext = "Nothing more: the shipment is final.",
        Sent = "Messages and attempts",
        NothingSent = "No messages yet.",
        Message = "Message",
        Channel = "Channel",
        Address = "Address",
        Calls = "Attempts at hand-off",
        Reports = "Delivery reports",
        UnderWay = "under way",
        History = "History",
        What = "What",
        Reason = "Reason",
        NotThere = "There is nothing at this address.",
        Hours = "h",
        Names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [nameof(OrderStateMachine.Scheduled)] = "Waiting for the send time",
            [nameof(OrderStateMachine.CheckingCondition)] = "Asking the condition",
            [nameof(OrderStateMachine.FetchingAttachments)] = "Fetching attachments",
            [nameof(OrderStateMachine.ResolvingRecipients)] = "Looking up recipients",
            [nameof(OrderStateMachine.PlanningNotifications)] = "Planning messages",
            [nameof(OrderStateMachine.Sending)] = "Sending, or waiting for reports",
            [nameof(OrderStateMachine.Completed)] = "Completed",
            [nameof(OrderStateMachine.ConditionNotMet)] = "The condition was not met",
            [nameof(OrderStateMachine.Cancelled)] = "Cancelled",
            [ReadOverview.DueEmail] = "E-mail to be sent now",
            [ReadOverview.DueSms] = "SMS to be sent now",
            [ReadOverview.LaterEmail] = "E-mail waiting for its time",
            [ReadOverview.LaterSms] = "SMS waiting for its time",
            [ReadOverview.Calls] = "Calls to providers under way",
            [ReadOverview.Unreported] = "Taken by the provider, without a report",
            [ReadOverview.UnmatchedReports] = "Reports about unknown messages",
            [ReadOverview.Overdue] = "Shipments that stand still and are driven again",
            [ReadOverview.Timers] = "Timers that should have gone off",
            [ReadOverview.Outbox] = "Outgoing messages between our own hosts",
            [ReadOverview.FailingWebhooks] = "Webhooks that do not answer",
            [ReadOverview.DisabledWebhooks] = "Webhooks that are disabled",
            [nameof(DuplicateKind.ClaimTaken)] = "A command that came again",
            [nameof(DuplicateKind.CallRepeated)] = "A repeated call that the provider knew",
            [nameof(DuplicateKind.UnknownNotRepeated)] = "A call without an answer, which is not repeated",
            [WireStatus.Completed] = "Completed",
            [WireStatus.SendConditionNotMet] = "The condition was not met",
            [WireStatus.Cancelled] = "Cancelled",
        },
    };
}
