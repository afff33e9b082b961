using Notifications.Sagas;
using Notifications.Tests.Fast.Architecture;

namespace Notifications.Tests.Fast.Sagas;

public sealed class WorkflowDocumentTests
{
    [Fact]
    public async Task The_picture_and_the_table_that_are_kept_are_those_of_the_machine() =>
        (await File.ReadAllTextAsync(Path.Combine(Sources.Root, "docs", "workflow.md"))).ShouldBe(
            WorkflowDocument.Make(), $"docs/workflow.md is not what the machine does any more. Make it anew: dotnet run -c Release --project src/Api -- {WorkflowDocument.Command} docs/workflow.md");

    [Theory]
    [InlineData("    Sending --> Completed: NotificationsSettled")]
    [InlineData("    CheckingCondition --> ConditionNotMet: ConditionNotMet")]
    [InlineData("    Cancelled --> [*]")]
    [InlineData("| `Sending` | `Order_Processed` | `DeliveryFailed` | stays |")]
    public void It_shows_what_is_known_of_the_workflow(string line) => WorkflowDocument.Make().Split('\n').ShouldContain(l => l.StartsWith(line, StringComparison.Ordinal));
}
