using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Notifications.Api.Wire;

/// <summary>A member of a body that nothing here reads, by its path and its JSON pointer.</summary>
public sealed record UnknownMember(string Path, string JsonPointer);

/// <summary>Finds what a client has written and nobody reads: a word that is misspelt, or one in the wrong place.</summary>
internal ref struct UnknownMembers(ReadOnlySpan<byte> json, JsonSerializerOptions options)
{
    /// <summary>More than anybody reads, and no more than anybody can make us write.</summary>
    private const int Most = 50;

    private readonly List<(string? Name, int Index)> _path = [];
    private Utf8JsonReader _reader = new(json, new JsonReaderOptions { MaxDepth = options.MaxDepth });
    private List<UnknownMember>? _found;

    /// <summary>Null when there are none. The text must be one that could be read as this type.</summary>
    public static IReadOnlyList<UnknownMember>? In(ReadOnlySpan<byte> json, Type type, JsonSerializerOptions options)
    {
        var search = new UnknownMembers(json, options);
        search._reader.Read();
        search.Value(type);
        return search._found;
    }

    private void Value(Type type)
    {
        var info = _reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? options.GetTypeInfo(type) : null;
        if (info is { Kind: JsonTypeInfoKind.Object } && _reader.TokenType == JsonTokenType.StartObject)
            Members(info);
        else if (info is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } && _reader.TokenType == JsonTokenType.StartArray)
            Items(element);
        else if (info is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } value } && _reader.TokenType == JsonTokenType.StartObject)
            Entries(value);
        else
            _reader.Skip();
    }

    private void Members(JsonTypeInfo info)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = Known(info);
            _path.Add((member?.Name ?? Name(), 0));
            _reader.Read();
            if (member is not null)
            {
                Value(member.PropertyType);
            }
            else
            {
                Report();
                _reader.Skip();
            }
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void Items(Type element)
    {
        for (var index = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; index++)
        {
            _path.Add((null, index));
            Value(element);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    /// <summary>Whose names are the client's own.</summary>
    private void Entries(Type value)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            _path.Add((Name(), 0));
            _reader.Read();
            Value(value);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private readonly JsonPropertyInfo? Known(JsonTypeInfo info)
    {
        foreach (var member in info.Properties)
        {
            // What is escaped may be no text, which the comparison would throw at.
            if (!_reader.ValueIsEscaped && _reader.ValueTextEquals(member.Name))
                return member;
        }

        var name = Name();
        return info.Properties.FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private readonly string Name()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: told as it is written.
            return Encoding.UTF8.GetString(_reader.ValueSpan);
        }
    }

    private void Report()
    {
        _found ??= [];
        if (_found.Count == Most)
            return;

        var (path, pointer) = (new StringBuilder("$"), new StringBuilder());
        foreach (var (name, index) in _path)
        {
            path = name is null ? path.Append(CultureInfo.InvariantCulture, $"[{index}]") : path.Append('.').Append(name);
            pointer = name is null ? pointer.Append(CultureInfo.InvariantCulture, $"/{index}") : pointer.Append('/').Append(JsonPointer.Escape(name));
        }
        _found.Add(new UnknownMember(path.ToString(), pointer.ToString()));
    }
}
