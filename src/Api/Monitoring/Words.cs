using Notifications.Api.History;

namespace Notifications.Api.Monitoring;

/// <summary>What the pages say, in one language. States of messages, outcomes and the like go by their names on the wire.</summary>
internal sealed partial record Words
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
}
