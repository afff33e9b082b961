namespace Notifications.Local;

/// <summary>The addresses of what runs.</summary>
internal static class Summary
{
    public static string Of(LocalSystem system, LocalState state) =>
        $"""

          API           {system.ApiUrl}notifications/api/v1/
          Description   {system.ApiUrl}openapi/v1.json
          Monitor       {system.ApiUrl}monitor
          Health        {system.ApiUrl}health/ready
          Webhooks      {system.ApiUrl}notifications/api/v1/reports/email, …/reports/sms
          Sandbox       {system.SandboxUrl}
          Inbox         {system.SandboxUrl}inbox
          PostgreSQL    {state.Database}
          RabbitMQ      {state.Broker ?? "none (embedded)"}
          Data          {string.Join(", ", state.Data.Values)}
          Logs          {Path.Combine(Repository.LocalFolder, "logs")}

          A token       curl '{system.SandboxUrl}token?org=ttd&scope=altinn:serviceowner/notifications.create'

        """;
}
