using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Notifications.Store.Migrations;

[DbContext(typeof(NotificationsDbContext))]
[Migration("20261130_RuleFailures")]
public sealed class RuleFailures : SqlScript;
