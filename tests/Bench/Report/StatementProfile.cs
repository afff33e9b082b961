namespace Notifications.Tests.Bench.Report;

/// <summary>Where PostgreSQL's time went in one benchmark: the costliest statements.</summary>
internal sealed record StatementProfile(string Benchmark, IReadOnlyList<StatementCost> Statements);

internal sealed record StatementCost(string Sql, double CallsPerOrder, double MillisecondsPerOrder, double RowsPerCall);
