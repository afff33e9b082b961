using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Notifications.Durability;

/// <summary>Loads sagas and looks into the inbox for many steps at a time, in one statement.</summary>
sealed class GroupLoader : IAsyncDisposable
{
    readonly NpgsqlDataSource _dataSource;
    readonly DurabilitySchema _schema;
    readonly PostgresOutboxOptions _options;
    readonly ConcurrentDictionary<Type, Lazy<IAsyncDisposable>> _sagas = new();
    readonly GroupWriter<InboxKey, bool> _inbox;

    public GroupLoader(NpgsqlDataSource dataSource, DurabilitySchema schema, IOptions<PostgresOutboxOptions> options)
    {
        _dataSource = dataSource;
        _schema = schema;
        _options = options.Value;
        _inbox = new GroupWriter<InboxKey, bool>(LookIntoInbox, _options.Readers, _options.MaxBatch);
    }

    public async Task<TSaga?> Load<TSaga>(Guid correlationId, InboxKey? inbox, CancellationToken ct)
        where TSaga : class, ISaga
    {
        var group = (GroupWriter<Request, Answer<TSaga>>)_sagas.GetOrAdd(
            typeof(TSaga), _ => new Lazy<IAsyncDisposable>(CreateGroup<TSaga>)).Value;
        var answer = await group.Write(new Request(correlationId, inbox), ct);
        return answer.Consumed ? throw new MessageConsumedBeforeException() : answer.Saga;
    }

    public async Task CheckInbox(InboxKey? inbox, CancellationToken ct)
    {
        if (inbox is { } key && await _inbox.Write(key, ct))
            throw new MessageConsumedBeforeException();
    }

    public async ValueTask DisposeAsync()
    {
        await _inbox.DisposeAsync();
        foreach (var group in _sagas.Values)
            await group.Value.DisposeAsync();
    }

    GroupWriter<Request, Answer<TSaga>> CreateGroup<TSaga>()
        where TSaga : class, ISaga
    {
        var table = _schema.Saga<TSaga>();
        if (!table.HasVersion)
            throw new InvalidOperationException($"{typeof(TSaga).Name} needs ISagaVersion for group commit.");

        var sql = $"SELECT i.message_id IS NOT NULL, {table.SelectColumns} "
            + "FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS n(saga, message, consumer, number) "
            + $"LEFT JOIN {_schema.Inbox} AS i ON i.message_id = n.message AND i.consumer_id = n.consumer "
            + $"LEFT JOIN {table.Name} AS t ON t.{table.IdColumn} = n.saga ORDER BY n.number";

        return new GroupWriter<Request, Answer<TSaga>>(
            (requests, ct) => Patience.Repeat(_ => Load(table, sql, requests, ct), _options.RetryLimit, ct), _options.Readers, _options.MaxBatch);
    }

    async Task<IReadOnlyList<Answer<TSaga>>> Load<TSaga>(
        SagaTable<TSaga> table, string sql, IReadOnlyList<Request> requests, CancellationToken ct)
        where TSaga : class, ISaga
    {
        await using var command = _dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = requests.Select(request => request.CorrelationId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = requests.Select(request => request.Inbox?.MessageId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = requests.Select(request => request.Inbox?.ConsumerId).ToArray() });

        var answers = new List<Answer<TSaga>>(requests.Count);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var saga = await reader.IsDBNullAsync(1 + table.IdOrdinal, ct) ? null : table.Read(reader, 1);
            answers.Add(new Answer<TSaga>(reader.GetBoolean(0), saga));
        }

        return answers;
    }

    Task<IReadOnlyList<bool>> LookIntoInbox(IReadOnlyList<InboxKey> keys, CancellationToken ct)
        => Patience.Repeat<IReadOnlyList<bool>>(
            async _ =>
            {
                await using var command = _dataSource.CreateCommand(
                    $"SELECT i.message_id IS NOT NULL FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS n(message, consumer, number) "
                    + $"LEFT JOIN {_schema.Inbox} AS i ON i.message_id = n.message AND i.consumer_id = n.consumer ORDER BY n.number");
                command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(key => key.MessageId).ToArray() });
                command.Parameters.Add(new NpgsqlParameter { Value = keys.Select(key => key.ConsumerId).ToArray() });

                var consumed = new List<bool>(keys.Count);
                await using var reader = await command.ExecuteReaderAsync(ct);
                while (await reader.ReadAsync(ct))
                    consumed.Add(reader.GetBoolean(0));

                return consumed;
            },
            _options.RetryLimit,
            ct);

    sealed record Request(Guid CorrelationId, InboxKey? Inbox);

    sealed record Answer<TSaga>(bool Consumed, TSaga? Saga);
}
