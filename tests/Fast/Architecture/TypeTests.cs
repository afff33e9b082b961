using System.Reflection;
using System.Runtime.CompilerServices;
using Notifications.Api.Orders;
using Notifications.Consumers.HandOff;
using Notifications.Contracts;
using Notifications.Durability;
using Notifications.Hosting.Settings;
using Notifications.Sagas;
using Notifications.Sandbox.Clock;
using Notifications.Store;

namespace Notifications.Tests.Fast.Architecture;

public sealed class TypeTests
{
    private static readonly Assembly[] Ours =
    [
        typeof(ShipmentDue).Assembly, typeof(IUnitOfWork).Assembly, typeof(OrderState).Assembly, typeof(OrderStateMachine).Assembly,
        typeof(SettingException).Assembly, typeof(Verdict).Assembly, typeof(OrderRequest).Assembly, typeof(SandboxTime).Assembly,
    ];

    /// <summary>What may be on the bus: names of things, and when. Anything a person could be known by stays in the database.</summary>
    private static readonly Type[] Impersonal = [typeof(Guid), typeof(DateTimeOffset), typeof(TimeSpan), typeof(int), typeof(bool), typeof(IReadOnlyList<Guid>)];

    public static TheoryData<Type> Messages() => [.. typeof(ShipmentDue).Assembly.GetExportedTypes().Where(t => !(t.IsAbstract && t.IsSealed))];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_is_a_sealed_record(Type message)
    {
        message.IsSealed.ShouldBeTrue();
        message.GetMethod("<Clone>$").ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_carries_nothing_personal(Type message) =>
        message.GetProperties().Where(p => !Impersonal.Contains(Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType)).Select(p => $"{p.PropertyType.Name} {p.Name}").ShouldBeEmpty();

    [Fact]
    public void Every_class_that_nothing_derives_from_is_sealed()
    {
        var types = Ours.SelectMany(a => a.GetTypes()).Where(IsWritten).ToArray();
        var bases = types.Select(t => Definition(t.BaseType)).OfType<Type>().ToHashSet();

        types.Where(t => t.IsClass && !t.IsSealed && !t.IsAbstract && !bases.Contains(Definition(t)!)).Select(t => t.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void An_interface_has_more_than_one_use_for_a_second_implementation() =>
        Ours.Except([typeof(IUnitOfWork).Assembly]).SelectMany(a => a.GetTypes()).Where(t => t.IsInterface && IsWritten(t))
            .Where(i => Ours.SelectMany(a => a.GetTypes()).Count(t => t.IsClass && !t.IsAbstract && i.IsAssignableFrom(t)) < 2).Select(i => i.FullName).ShouldBeEmpty();

    private static Type? Definition(Type? type) => type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type;

    /// <summary>Written by us: not by the compiler, and not the entry point that it makes of top-level statements.</summary>
    private static bool IsWritten(Type type) =>
        type.Namespace?.StartsWith("Notifications.", StringComparison.Ordinal) == true
        && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && type.DeclaringType?.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && !type.Name.StartsWith('<');
}
