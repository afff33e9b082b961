using System.Linq.Expressions;
using MassTransit;
using MassTransit.Saga;
using Notifications.Durability;
using Notifications.Store;

namespace Notifications.Tests.Fast.Durability;

public sealed class NamedInstancesTests
{
    private static readonly Guid[] Ids = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];

    [Fact]
    public void Ids_of_a_message_are_found_once_each_and_in_order()
    {
        var message = (Shipments: (IReadOnlyList<Guid>)[.. Ids, Ids[0]], Label: "");

        Named(saga => message.Shipments.Contains(saga.CorrelationId)).ShouldBe(Ids.Order());
    }

    [Fact]
    public void What_does_not_name_the_instances_is_left_to_the_database()
    {
        var label = "label";
        IReadOnlyList<string> labels = [label];
        IReadOnlyList<Guid> ids = Ids;

        Named(saga => saga.CurrentState == label).ShouldBeNull();
        Named(saga => labels.Contains(saga.CurrentState)).ShouldBeNull();
        Named(saga => ids.Contains(saga.SendTimeTokenId!.Value)).ShouldBeNull();
        Named(saga => ids.Contains(saga.CorrelationId) && saga.CurrentState == label).ShouldBeNull();
        Named(saga => ids.Where(id => id != saga.CorrelationId).Contains(saga.CorrelationId)).ShouldBeNull();
    }

    private static List<Guid>? Named(Expression<Func<OrderState, bool>> filter) => NamedInstances.Of(new SagaQuery<OrderState>(filter));
}
