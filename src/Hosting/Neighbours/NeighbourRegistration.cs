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
        where TClient : class => services
        .AddHttpClient<TClient>(client => (client.BaseAddress, client.Timeout) = (address, Longest(timeout)))
        .WithinBounds(typeof(TClient).Name, timeout);

    /// <summary>The same for a client by its name.</summary>
    public static IHttpClientBuilder AddNeighbour(this IServiceCollection services, string neighbour, TimeSpan timeout, Uri? address = null) => services
        .AddHttpClient(neighbour, client => (client.BaseAddress, client.Timeout) = (address, Longest(timeout)))
        .WithinBounds(neighbour, timeout);

    /// <summary>How long a call may take with its repetitions, and with the reading of an answer that does not end.</summary>
    /// <param name="timeout">Of one attempt.</param>
    public static TimeSpan Longest(TimeSpan timeout) => timeout * (Repetitions + 1);

    private static IHttpClientBuilder WithinBounds(this IHttpClientBuilder client, string neighbour, TimeSpan timeout)
    {
        client.Services.AddKeyedSingleton(neighbour, (provider, _) => Bounds(
            neighbour, timeout, provider.GetRequiredService<NeighbourBreakers>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger($"{typeof(NeighbourRegistration).Namespace}.{neighbour}")));
        return client
            // A client may live as long as its host: its connections are what is renewed, so that a neighbour may move.
            .UseSocketsHttpHandler((connections, _) => connections.PooledConnectionLifetime = ConnectionLifetime)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddHttpMessageHandler(provider => new BoundedCalls(neighbour, provider.GetRequiredKeyedService<ResiliencePipeline<HttpResponseMessage>>(neighbour)));
    }

    private static ResiliencePipeline<HttpResponseMessage> Bounds(
        string neighbour, TimeSpan timeout, NeighbourBreakers breakers, TimeProvider clock, ILogger logger) =>
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
            .AddPipeline(Breaker(neighbour, breakers, clock, logger))
            .AddTimeout(timeout)
            .Build();

    /// <summary>By the workflow's time. What bounds a call that is made is the machine's own.</summary>
    private static ResiliencePipeline<HttpResponseMessage> Breaker(string neighbour, NeighbourBreakers breakers, TimeProvider clock, ILogger logger) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                    .Handle<HttpRequestException>().Handle<TimeoutRejectedException>()
                    .HandleResult(answer => IsFailing(answer) || answer.StatusCode == HttpStatusCode.TooManyRequests),
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = BreakFor,
                OnOpened = opened =>
                {
                    var answer = Answer(opened.Outcome);
                    if (breakers.Open(neighbour, answer, BreakFor))
                        Pausing(logger, neighbour, answer, BreakFor.TotalSeconds);
                    return default;
                },
                OnClosed = _ =>
                {
                    breakers.Close(neighbour);
                    Resuming(logger, neighbour);
                    return default;
                },
            })
            .Build();

    /// <summary>In our own words: an exception may name what was asked.</summary>
    private static string Answer(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Result: { } answer } => $"it answered {(int)answer.StatusCode}",
        { Exception: HttpRequestException e } => $"it was not reached ({e.HttpRequestError})",
        _ => "it did not answer in time",
    };

    private static bool IsFailing(HttpResponseMessage answer) => answer.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout;

    private sealed class BoundedCalls(string neighbour, ResiliencePipeline<HttpResponseMessage> bounds) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await bounds.ExecuteAsync(async ct => await base.SendAsync(request, ct), cancellationToken);
            }
            catch (ExecutionRejectedException e)
            {
                throw new NeighbourAwayException(neighbour, e is TimeoutRejectedException ? "it did not answer in time" : "it is not called for a while, because too many calls failed", e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Neighbour} gives no usable answers: {Answer}. It is asked again in {Seconds} s.")]
    private static partial void Pausing(ILogger logger, string neighbour, string answer, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Neighbour} answers again.")]
    private static partial void Resuming(ILogger logger, string neighbour);
}
