using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Notifications.Store.Migrations;

[DbContext(typeof(NotificationsDbContext))]
[Migration("20261201_Languages")]
public sealed class Languages : SqlScript;
