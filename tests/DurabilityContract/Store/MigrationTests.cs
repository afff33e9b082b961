using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Notifications.Tests.DurabilityContract.Store;

/// <summary>The migrations are SQL scripts; these tests hold them to the one mapping.</summary>
public sealed class MigrationTests(ContractServers servers) : StoreTest(servers)
{
    private const string Columns =
        """
        SELECT table_name || '.' || column_name || ' ' || udt_name || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '__EFMigrationsHistory'
        ORDER BY 1
        """;

    private const string PrimaryKeys =
        """
        SELECT t.relname || ' (' || string_agg(a.attname, ', ' ORDER BY k.place) || ')'
        FROM pg_constraint c
        JOIN pg_class t ON t.oid = c.conrelid
        CROSS JOIN unnest(c.conkey) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
        WHERE c.contype = 'p' AND t.relnamespace = 'public'::regnamespace AND t.relname <> '__EFMigrationsHistory'
        GROUP BY t.relname ORDER BY 1
        """;

    [Theory]
    [InlineData(Columns)]
    [InlineData(PrimaryKeys)]
    public async Task A_migrated_database_is_what_the_model_says(string question)
    {
        await using var modelled = await Modelled();

        var expected = await Answers(modelled, question);
        expected.ShouldNotBeEmpty();
        var migrated = await Answers(Database, question);
        migrated.Except(expected, StringComparer.Ordinal).ShouldBeEmpty();
        expected.Except(migrated, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using var context = Context(Database);
        (await context.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();

        await Should.NotThrowAsync(() => context.Database.MigrateAsync());
    }

    private async Task<NpgsqlDataSource> Modelled()
    {
        var database = NpgsqlDataSource.Create(await Servers.CreateDatabase());
        await using var context = Context(database);
        await using var command = database.CreateCommand(context.Database.GenerateCreateScript());
        await command.ExecuteNonQueryAsync();
        return database;
    }

    private static async Task<List<string>> Answers(NpgsqlDataSource database, string question)
    {
        await using var command = database.CreateCommand(question);
        await using var row = await command.ExecuteReaderAsync();
        var answers = new List<string>();
        while (await row.ReadAsync())
            answers.Add(row.GetString(0));
        return answers;
    }
}
