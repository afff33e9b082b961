using System.Text.Json;
using Notifications.Store;

namespace Notifications.Api.Templates;

/// <summary>Instead of a text: the template that it is made of, and what is filled in.</summary>
public sealed record OrderedTemplate
{
    /// <summary>One of the creator's own, or <c>TokenTextOnly</c>, <c>VarselDPVUtenRevarsel</c> or <c>VarselDPVMedRevarsel</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The latest when it is left out. The order keeps the version that it was ordered with.</summary>
    public int? Version { get; init; }

    /// <summary>What is filled in, by the names that the template has it by.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Tokens { get; init; }

    /// <summary>The language of those whose own is not known, such as organisations and bare addresses; the template's when it is left out.</summary>
    public string? Language { get; init; }

    /// <summary>Asked before the reminder that the template brings, if it brings one.</summary>
    public Uri? ReminderConditionEndpoint { get; init; }
}
