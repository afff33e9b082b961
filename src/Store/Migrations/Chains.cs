using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Notifications.Store.Migrations;

[DbContext(typeof(NotificationsDbContext))]
[Migration("20261122_Chains")]
public sealed class Chains : SqlScript;
