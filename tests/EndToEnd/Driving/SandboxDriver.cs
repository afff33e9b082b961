using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace Notifications.Tests.EndToEnd.Driving;

/// <summary>The outside world: what arrived there, who is known there, what is wrong there, and what time it is.</summary>
public sealed class SandboxDriver(Uri address)
{
    // Longer than the clock takes to move every host, also after one of them was killed.
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentDictionary<string, Task<string>> _tokens = new(StringComparer.Ordinal);

    /// <summary>A token that lives as long as the clock is not moved.</summary>
    public Task<string> Token(string creator) =>
        _tokens.AddOrUpdate(creator, NewTokenOf, (_, known) => known is { IsCompleted: true, IsCompletedSuccessfully: false } ? NewTokenOf(creator) : known);

    private Task<string> NewTokenOf(string creator) => NewToken($"org={creator}");

    public Task<string> NewToken(string query) => Http.GetStringAsync(new Uri(address, $"token?{query}"));

    /// <summary>The token of an Altinn app of the creator.</summary>
    public Task<string> NewPlatformToken(string creator) => Http.GetStringAsync(new Uri(address, $"platform-token?iss={creator}&app=an-app"));

    public async Task<IReadOnlyList<InboxMessage>> Inbox(string to) => await Messages($"to={Uri.EscapeDataString(to)}");

    public async Task<IReadOnlyList<InboxMessage>> InboxSince(DateTimeOffset time) => await Messages($"since={Uri.EscapeDataString(time.ToString("O"))}");

    /// <summary>Waits until something has come, and returns all of it.</summary>
    public Task<IReadOnlyList<InboxMessage>> UntilInbox(string to, int count = 1) =>
        Eventually.Until($"The inbox of {to}", () => Inbox(to), messages => messages.Count >= count);

    public async Task<DateTimeOffset> Now() => (await Clock()).GetProperty("now").GetDateTimeOffset();

    public async Task<double> ClockOffset() => (await Clock()).GetProperty("offsetSeconds").GetDouble();

    /// <summary>Returns when every host has followed.</summary>
    public async Task AdvanceClock(TimeSpan by)
    {
        await Post("clock/advance", new { seconds = by.TotalSeconds });
        _tokens.Clear();
    }

    /// <summary>To the next time that clocks in Norway show this hour.</summary>
    public async Task AdvanceClockTo(int hour, int minute = 0)
    {
        var oslo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo");
        var now = await Now();
        var local = TimeZoneInfo.ConvertTime(now, oslo);
        var then = local.Date.AddHours(hour).AddMinutes(minute);
        if (then <= local.DateTime)
            then = then.AddDays(1);
        await AdvanceClock(TimeZoneInfo.ConvertTimeToUtc(then, oslo) - now.UtcDateTime);
    }

    /// <summary>At a time of the day at which SMS leave in Norway.</summary>
    public async Task BeDaytime()
    {
        if (TimeZoneInfo.ConvertTime(await Now(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo")).Hour is < 9 or >= 16)
            await AdvanceClockTo(10);
    }

    /// <param name="target">Who fails.</param>
    /// <param name="mode">How.</param>
    /// <param name="count">How many calls, of all that anybody makes.</param>
    /// <param name="reportDelayMs">How late reports come.</param>
    /// <param name="about">What a call must be about: what other tests have left on the way neither fails nor counts.</param>
    public Task Fault(string target, string mode, int? count = null, int? reportDelayMs = null, string? about = null) =>
        Post("faults", new { target, mode, count, reportDelayMs, about = about?.TrimStart('+') });

    /// <summary>How many calls the fault will still hit; 0 when it is used up.</summary>
    public async Task<int> FaultLeft(string target)
    {
        var faults = await Http.GetFromJsonAsync<JsonElement>(new Uri(address, "faults"));
        return faults.EnumerateArray().FirstOrDefault(f => f.GetProperty("target").GetString() == target) is { ValueKind: JsonValueKind.Object } fault
            ? fault.GetProperty("count").GetInt32()
            : 0;
    }

    /// <summary>Scripts a condition, and returns where it is asked.</summary>
    public async Task<string> Condition(string name, object[] answers)
    {
        var condition = new Uri(address, $"conditions/{name}");
        using var response = await Http.PutAsJsonAsync(condition, new { answers });
        response.EnsureSuccessStatusCode();
        return condition.AbsoluteUri;
    }

    /// <summary>Until Altinn Events has heard that somebody listens to what the creator's apps tell.</summary>
    public Task<JsonElement> UntilSubscribed(string creator, int apps = 1) => Eventually.Until($"The subscriptions of {creator}", async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "events/api/v1/subscriptions"));
        request.Headers.Authorization = new("Bearer", await Token(creator));
        using var response = await Http.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("subscriptions");
    }, subscriptions => subscriptions.EnumerateArray().Count(s => s.GetProperty("validated").GetBoolean()) == apps);

    public Receiver Receiver(string name) => new(address, name);

    /// <summary>Puts a file into blob storage, and returns the address by which it may be read.</summary>
    public async Task<string> Blob(string path, byte[] content, TimeSpan? expiresIn = null)
    {
        using var response = await Http.PutAsync(new Uri(address, $"blobs/{path}{(expiresIn is { } time ? $"?expiresIn={time.TotalSeconds}" : "")}"), new ByteArrayContent(content));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sasUrl").GetString()!;
    }

    public async Task RemoveBlob(string path)
    {
        using var response = await Http.DeleteAsync(new Uri(address, $"blobs/{path}"));
        response.EnsureSuccessStatusCode();
    }

    public async Task Person(string number, string name, string? email = null, string? mobile = null, bool isReserved = false, string? language = null, bool mobileOutdated = false) =>
        await Put($"registry/persons/{number}", new { name, email, mobile, isReserved, language, mobileOutdated });

    /// <summary>What becomes of mail to an ordinary address.</summary>
    public Task Mailbox(string address, string report) => Script(address, new { reports = new[] { report } });

    /// <summary>What a provider says of a recipient: <c>answer</c>, <c>reports</c> and <c>operation</c>.</summary>
    public Task Script(string recipient, object script) => Put($"answers/{Uri.EscapeDataString(recipient)}", script);

    /// <summary>How many e-mails the provider refused because they were too many.</summary>
    public async Task<int> RefusedEmails() => (await Http.GetFromJsonAsync<JsonElement>(new Uri(address, "acs/limits"))).GetProperty("refusedSends").GetInt32();

    public Task Resource(string id, string nb, string en) => Put($"registry/resources/{id}", new { title = new { nb, en } });

    /// <summary>An organization; without addresses it has no record of its own, as a unit that leaves it to its main unit.</summary>
    public Task Organization(string number, string name, string[]? emails = null, string[]? mobiles = null, string? mainUnit = null, params OrganizationUser[] users) =>
        Put($"registry/organizations/{number}", new { name, emails, mobiles, mainUnit, users });

    public Task Identity(string urn, string? email = null, string? mobile = null) => Put($"registry/identities/{Uri.EscapeDataString(urn)}", new { email, mobile });

    public async Task Put(string path, object body)
    {
        using var response = await Http.PutAsJsonAsync(new Uri(address, path), body, WithoutNulls);
        response.EnsureSuccessStatusCode();
    }

    private Task<JsonElement> Clock() => Http.GetFromJsonAsync<JsonElement>(new Uri(address, "clock"));

    private async Task<IReadOnlyList<InboxMessage>> Messages(string query) =>
        (await Http.GetFromJsonAsync<InboxMessage[]>(new Uri(address, $"inbox/messages?{query}")))!;

    private static readonly JsonSerializerOptions WithoutNulls = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public async Task Post(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(new Uri(address, path), body, WithoutNulls);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{path} answered {response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }
}

/// <summary>Somebody who registered addresses for an organization, and the resources that they may act on for it.</summary>
public sealed record OrganizationUser(int UserId, string? Email, string? Mobile, params string[] Permitted);
