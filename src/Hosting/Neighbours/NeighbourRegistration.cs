using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Notifications.Hosting.Neighbours;

/// <summary>Clients of systems that are only asked, so that a question may be asked again.</summary>
public static partial class NeighbourRegistration
{
    private const int Repetitions = 2;
    private static readonly TimeSpan BeforeRepeating = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Short, so that what waits for a neighbour leaves soon after it is back.</summary>
    private static readonly TimeSpan BreakFor = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A client whose calls end within <paramref name="timeout"/>, are repeated a few times when they fail at once, and are not made at all
    /// for a while after many of them failed.
    /// </summary>
    public static IHttpClientBuilder AddNeighbour<TClient>(this IServiceCollection services, Uri address, TimeSpan timeout)
        where TClient : class
    {
        services.AddKeyedSingleton(typeof(TClient), (provider, _) => Bounds(
            typeof(TClient).Name, timeout, provider.GetRequiredService<ILoggerFactory>().CreateLogger<TClient>()));
        return services
            .AddHttpClient<TClient>(client =>
            {
                client.BaseAddress = address;
                // Also bounds the reading of an answer that does not end.
                client.Timeout = timeout * (Repetitions + 1);
            })
            // A client may live as long as its host: its connections are what is renewed, so that a neighbour may move.
            .UseSocketsHttpHandler((connections, _) => connections.PooledConnectionLifetime = ConnectionLifetime)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler(provider => new BoundedCalls(provider.GetRequiredKeyedService<ResiliencePipeline<HttpResponseMessage>>(typeof(TClient))));
    }

    private static ResiliencePipeline<HttpResponseMessage> Bounds(string neighbour, TimeSpan timeout, ILogger logger) =>
        new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                // Who did not answer in time is not asked again while somebody waits.
                ShouldHandle = new PredicateBuilder<HttpResponseMessage>().Handle<HttpRequestException>().HandleResult(IsFailing),
                MaxRetryAttempts = Repetitions,
                Delay = BeforeRepeating,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                    .Handle<HttpRequestException>().Handle<TimeoutRejectedException>()
                    .HandleResult(answer => IsFailing(answer) || answer.StatusCode == HttpStatusCode.TooManyRequests),
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = BreakFor,
                OnOpened = _ =>
                {
                    Pausing(logger, neighbour, BreakFor.TotalSeconds);
                    return default;
                },
                OnClosed = _ =>
                {
                    Resuming(logger, neighbour);
                    return default;
                },
            })
            .AddTimeout(timeout)
            .Build();

    private static bool IsFailing(HttpResponseMessage answer) => answer.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout;

    private sealed class BoundedCalls(ResiliencePipeline<HttpResponseMessage> bounds) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await bounds.ExecuteAsync(async ct => await base.SendAsync(request, ct), cancellationToken);
            }
            catch (ExecutionRejectedException e)
            {
                throw new HttpRequestException(e is TimeoutRejectedException ? "No answer in time." : "Not called, because too many calls failed.", e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Neighbour} gives no usable answers. It is asked again in {Seconds} s.")]
    private static partial void Pausing(ILogger logger, string neighbour, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Neighbour} answers again.")]
    private static partial void Resuming(ILogger logger, string neighbour);
}
