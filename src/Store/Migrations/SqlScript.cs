using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Notifications.Store.Migrations;

/// <summary>
/// A migration that is the SQL script of its own name. Partial indexes and storage parameters are said plainest in SQL, and a test holds
/// the migrated database to the model.
/// </summary>
public abstract class SqlScript : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        var name = GetType().GetCustomAttribute<MigrationAttribute>()!.Id;
        using var script = typeof(SqlScript).Assembly.GetManifestResourceStream($"Notifications.Store.Migrations.{name}.sql")
            ?? throw new InvalidOperationException($"The script of migration {name} is not in the assembly.");
        using var reader = new StreamReader(script);
        migrationBuilder.Sql(reader.ReadToEnd());
    }
}
