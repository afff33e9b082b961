namespace Notifications.Durability;

enum SagaOperation
{
    Insert,
    Update,
    Delete,
}

sealed record SagaWrite(SagaTable Table, SagaOperation Operation, Guid CorrelationId, object?[] Values);
