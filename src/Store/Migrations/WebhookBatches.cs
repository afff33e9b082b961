using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Notifications.Store.Migrations;

[DbContext(typeof(NotificationsDbContext))]
[Migration("20261129_WebhookBatches")]
public sealed class WebhookBatches : SqlScript;
