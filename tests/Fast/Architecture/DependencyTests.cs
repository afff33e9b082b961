using System.Text.RegularExpressions;

namespace Notifications.Tests.Fast.Architecture;

/// <summary>The rooms of the design, and which of them see which.</summary>
public sealed partial class DependencyTests
{
    /// <summary>What a project may refer to. A new project, and a new arrow, is a decision of weight.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Contracts"] = [],
        ["Durability"] = [],
        ["Store"] = ["Contracts", "Durability"],
        ["Sagas"] = ["Store"],
        ["Hosting"] = ["Sagas"],
        ["Consumers"] = ["Hosting", "Store"],
        ["Api"] = ["Consumers", "Hosting", "Sagas"],
        ["Sandbox"] = [],
    };

    /// <summary>The host's table of contents names the saga in order to host it.</summary>
    private static readonly string[] ConsumersThatSeeSagas = ["Consumers/Program.cs", "Consumers/WorkerRegistration.cs"];

    public static TheoryData<string> Projects() => [.. Sources.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_what_the_design_lets_it_see(string project) =>
        Sources.References(project).Except(Allowed[project], StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Consumers_do_not_see_sagas() =>
        Sources.Of("Consumers").Where(f => f.Text.Contains("Notifications.Sagas", StringComparison.Ordinal)).Select(f => f.Path)
            .Except(ConsumersThatSeeSagas, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Every_exception_for_consumers_is_still_there() =>
        ConsumersThatSeeSagas.Where(path => !File.Exists(Path.Combine(Sources.Root, "src", path))).ShouldBeEmpty();

    [Fact]
    public void Sagas_do_no_IO() =>
        Sources.Of("Sagas").Where(f => OutsideWorld().IsMatch(f.Text)).Select(f => $"{f.Path}: {OutsideWorld().Match(f.Text).Value}").ShouldBeEmpty();

    [Theory]
    [InlineData("Durability")]
    public void What_is_generic_knows_nothing_of_notifications(string project) =>
        Sources.Of(project).Where(f => OurWords().IsMatch(f.Text)).Select(f => $"{f.Path}: {OurWords().Match(f.Text).Value}").ShouldBeEmpty();

    [GeneratedRegex(@"\b(HttpClient|System\.Net|DbContext|EntityFrameworkCore|Npgsql\w*|File\.|Directory\.|Socket)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex OutsideWorld();

    [GeneratedRegex(@"\b(Notifications\.(Contracts|Store|Sagas|Consumers|Api|Hosting|Sandbox)|Shipment\w*|\w*Recipient\w*|OrderState)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex OurWords();
}
