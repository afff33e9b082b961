using Notifications.Sandbox.Acs;
using Notifications.Sandbox.Apps;
using Notifications.Sandbox.Blobs;
using Notifications.Sandbox.Inbox;
using Notifications.Sandbox.Link;
using Notifications.Sandbox.Registry;

namespace Notifications.Sandbox.Journal;

/// <summary>Brings back what was there before a restart; reports nobody took are pushed again.</summary>
internal sealed class JournalReplay(
    SandboxJournal journal,
    PeopleAndOrganizations registry,
    AppInstances instances,
    Subscriptions subscriptions,
    BlobFiles blobs,
    MessageInbox inbox,
    EmailOperations operations,
    EmailReports emailReports,
    SmsReports smsReports)
{
    private readonly Dictionary<string, InboxMessage> messages = new(StringComparer.Ordinal);

    public void Run()
    {
        foreach (var entry in journal.Read())
            Apply(entry);
        emailReports.Resume();
        smsReports.Resume();
        messages.Clear();
    }

    private void Apply(JournalEntry entry)
    {
        switch (entry)
        {
            case PersonPut put:
                registry.Put(put.Nin, put.Person);
                break;
            case OrganizationPut put:
                registry.Put(put.Number, put.Organization);
                break;
            case IdentityPut put:
                registry.Put(put.Urn, put.Identity);
                break;
            case ResourcePut put:
                registry.Put(put.Id, put.Resource);
                break;
            case PartyRemoved removed:
                _ = registry.RemovePerson(removed.Number) || registry.RemoveOrganization(removed.Number);
                break;
            case InstancePut put:
                instances.Keep(put.Id, put.Instance);
                break;
            case InstanceRemoved removed:
                instances.Remove(removed.Id);
                break;
            case SubscriptionPut put:
                subscriptions.Keep(put.Subscription);
                break;
            case SubscriptionRemoved removed:
                subscriptions.Remove(removed.Id);
                break;
            case BlobPut put:
                blobs.Put(put.Host, put.Name, put.Content);
                break;
            case BlobRemoved removed:
                blobs.Remove(removed.Host, removed.Name);
                break;
            case EmailAccepted accepted:
                operations.Accept(accepted.Operation.Id, accepted.Operation, out _);
                Receive(accepted.Operation.Message);
                break;
            case SmsAccepted accepted:
                accepted.Message.Parts = accepted.Parts;
                Receive(accepted.Message);
                break;
            case EmailReportPlanned planned when messages.TryGetValue(planned.Reference, out var message):
                emailReports.Restore(planned.Key, new EmailReport(planned.EventId, message, planned.Recipient, planned.Status, planned.At), planned.DueAt);
                break;
            case SmsReportPlanned planned when messages.TryGetValue(planned.Reference, out var message):
                smsReports.Restore(planned.Key, new SmsReport(message, planned.Reference, planned.Receiver, planned.State, planned.At), planned.DueAt);
                break;
            case ReportTaken taken:
                _ = emailReports.RestoreTaken(taken.Key) || smsReports.RestoreTaken(taken.Key);
                break;
            case InboxEmptied:
                inbox.Clear();
                break;
        }
    }

    private void Receive(InboxMessage message)
    {
        messages[message.Reference] = message;
        inbox.Add(message);
    }
}
