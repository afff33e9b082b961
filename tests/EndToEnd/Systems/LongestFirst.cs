using Xunit.Abstractions;

namespace Notifications.Tests.EndToEnd.Systems;

/// <summary>The systems in the order of how long their tests take, so that none is left for the end alone.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [BreakableSystemTests.Name, SharedSystemTests.Name];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(c => Array.IndexOf(Longest, c.DisplayName) is >= 0 and var place ? place : Longest.Length);
}
