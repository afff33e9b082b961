using Microsoft.AspNetCore.Mvc;

namespace Notifications.Api.Reports;

/// <summary>What a provider may post. The largest batch of Event Grid is a megabyte.</summary>
internal static class ReportBody
{
    public const int MostBytes = 2 * 1024 * 1024;

    /// <summary>A longer body is a 413, whether or not it says beforehand how long it is.</summary>
    public static TBuilder WithReportSize<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequestSizeLimitAttribute(MostBytes));
}
