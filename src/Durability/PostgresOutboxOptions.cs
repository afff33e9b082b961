namespace Notifications.Durability;

/// <summary>Settings of the outbox, the inbox and the scheduler of one host.</summary>
public sealed class PostgresOutboxOptions
{
    /// <summary>Default: <see cref="DurabilityEngine.GroupCommit"/>.</summary>
    public DurabilityEngine Engine { get; set; } = DurabilityEngine.GroupCommit;

    /// <summary>How many group commits may run at the same time.</summary>
    public int Writers { get; set; } = 2;

    /// <summary>How many group loads may run at the same time, for each saga.</summary>
    public int Readers { get; set; } = 2;

    /// <summary>The largest group.</summary>
    public int MaxBatch { get; set; } = 128;

    /// <summary>A row this old is delivered by the sweeper of any host. Must exceed <see cref="DeliveryTimeout"/>.</summary>
    public TimeSpan SweepAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the sweeper looks while there is nothing to do.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many rows one sweep takes at most.</summary>
    public int SweepBatch { get; set; } = 500;

    /// <summary>How long one send may wait for the broker's confirm before its row is left to the sweeper.</summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How many messages may wait in memory for delivery; what does not fit is left to the sweeper.</summary>
    public int DeliveryQueue { get; set; } = 20_000;

    /// <summary>How many messages are on their way to the broker at the same time, from the queue in memory.</summary>
    public int DeliveryConcurrency { get; set; } = 256;

    /// <summary>A message that no queue took stays pending (RabbitMQ). Default: true.</summary>
    public bool Mandatory { get; set; } = true;

    /// <summary>How long the inbox remembers a consumed message.</summary>
    public TimeSpan DuplicateDetectionWindow { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a step is repeated after a conflict, a deadlock or a lost connection before the failure surfaces.</summary>
    public TimeSpan RetryLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The sweeper runs on this host. Default: true.</summary>
    public bool Sweep { get; set; } = true;

    /// <summary>Due timers are dispatched by this host. Default: true.</summary>
    public bool DispatchTimers { get; set; } = true;

    /// <summary>Is offered due timers when they are a crowd. Default: nobody.</summary>
    public TakeTimers? TakeTimers { get; set; }

    /// <summary>So many timers that are due at once go to the bus as they are; what is due behind them is a crowd.</summary>
    public int Crowd { get; set; } = 200;

    internal bool IsValid()
        => Crowd > 0 && Writers > 0 && Readers > 0 && MaxBatch > 0 && SweepBatch > 0 && DeliveryQueue > 0 && DeliveryConcurrency > 0
            && DeliveryTimeout > TimeSpan.Zero && DeliveryTimeout < SweepAfter && SweepInterval > TimeSpan.Zero;
}
