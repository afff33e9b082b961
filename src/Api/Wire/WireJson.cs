using System.Text.Json;
using System.Text.Json.Serialization;

namespace Notifications.Api.Wire;

/// <summary>JSON as clients know it: camel case, enums by name or number, nothing where there is nothing, indented.</summary>
public static class WireJson
{
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.WriteIndented = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter());
        return options;
    }
}
