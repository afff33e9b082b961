using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Notifications.Store.Migrations;

[DbContext(typeof(NotificationsDbContext))]
[Migration("20261202_Templates")]
public sealed class Templates : SqlScript;
