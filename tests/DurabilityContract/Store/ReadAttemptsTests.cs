using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Tests.DurabilityContract.Store;

public sealed class ReadAttemptsTests(ContractServers servers) : StoreTest(servers)
{
    [Fact]
    public async Task What_is_planned_while_attempts_are_read_is_for_the_next_reader()
    {
        var shipment = await Shipment();
        await using var connection = await Database.OpenConnectionAsync();
        await using var claiming = await connection.BeginTransactionAsync();
        await Run(new Statement("LOCK TABLE attempts"), connection);

        // It has looked for notifications, found none, and waits for the attempts.
        var reading = Read(shipment);
        await Eventually.Equals(Waiting, 1);
        var id = (await Notifications(Channel.Email, 1, shipment))[0];
        await Run(new Statement("INSERT INTO attempts (notification_id, number, provider, claimed_at, outcome) VALUES ($1, 1, 'acs', $2, 'Claimed')", id, Now), connection);
        await claiming.CommitAsync();

        (await reading)!.ShouldBeEmpty();
        (await Read(shipment))!.ShouldHaveSingleItem().Attempts.Count.ShouldBe(1);
    }

    private Task<IReadOnlyList<NotificationEvidence>?> Read(Guid shipment) => new ReadAttempts(Database).Of(shipment, creator: null, Guid.Empty, 10, CancellationToken.None);

    private async Task<long> Waiting()
    {
        await using var command = Database.CreateCommand("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'attempts'::regclass");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
