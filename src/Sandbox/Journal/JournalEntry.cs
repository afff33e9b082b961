using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Notifications.Sandbox.Acs;
using Notifications.Sandbox.Apps;
using Notifications.Sandbox.Inbox;
using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.Journal;

/// <summary>Something that happened and is to be known after a restart.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "what")]
[JsonDerivedType(typeof(PersonPut), "person-put")]
[JsonDerivedType(typeof(OrganizationPut), "organization-put")]
[JsonDerivedType(typeof(IdentityPut), "identity-put")]
[JsonDerivedType(typeof(ResourcePut), "resource-put")]
[JsonDerivedType(typeof(PartyRemoved), "party-removed")]
[JsonDerivedType(typeof(InstancePut), "instance-put")]
[JsonDerivedType(typeof(InstanceRemoved), "instance-removed")]
[JsonDerivedType(typeof(SubscriptionPut), "subscription-put")]
[JsonDerivedType(typeof(SubscriptionRemoved), "subscription-removed")]
[JsonDerivedType(typeof(BlobPut), "blob-put")]
[JsonDerivedType(typeof(BlobRemoved), "blob-removed")]
[JsonDerivedType(typeof(EmailAccepted), "email-accepted")]
[JsonDerivedType(typeof(SmsAccepted), "sms-accepted")]
[JsonDerivedType(typeof(EmailReportPlanned), "email-report")]
[JsonDerivedType(typeof(SmsReportPlanned), "sms-report")]
[JsonDerivedType(typeof(ReportTaken), "report-taken")]
[JsonDerivedType(typeof(InboxEmptied), "inbox-emptied")]
internal abstract record JournalEntry;

internal sealed record PersonPut(string Nin, Person Person) : JournalEntry;

internal sealed record OrganizationPut(string Number, Organization Organization) : JournalEntry;

internal sealed record IdentityPut(string Urn, Identity Identity) : JournalEntry;

internal sealed record ResourcePut(string Id, Resource Resource) : JournalEntry;

internal sealed record PartyRemoved(string Number) : JournalEntry;

internal sealed record InstancePut(string Id, JsonObject Instance) : JournalEntry;

internal sealed record InstanceRemoved(string Id) : JournalEntry;

internal sealed record SubscriptionPut(Subscription Subscription) : JournalEntry;

internal sealed record SubscriptionRemoved(long Id) : JournalEntry;

internal sealed record BlobPut(string Host, string Name, byte[] Content) : JournalEntry;

internal sealed record BlobRemoved(string Host, string Name) : JournalEntry;

internal sealed record EmailAccepted(EmailOperation Operation) : JournalEntry;

internal sealed record SmsAccepted(InboxMessage Message, int Parts) : JournalEntry;

internal sealed record EmailReportPlanned(
    Guid Key, string EventId, string Reference, string Recipient, string Status, DateTimeOffset At, DateTimeOffset DueAt) : JournalEntry;

internal sealed record SmsReportPlanned(
    Guid Key, string Reference, string Receiver, string State, DateTimeOffset At, DateTimeOffset DueAt) : JournalEntry;

internal sealed record ReportTaken(Guid Key) : JournalEntry;

internal sealed record InboxEmptied : JournalEntry;
