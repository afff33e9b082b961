namespace Notifications.Sandbox.Home;

internal static class HomePage
{
    private const string Html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Notifications sandbox</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1e2b3c }
        table { border-collapse: collapse } td { border-top: 1px solid #d2d5d8; padding: .4rem .8rem .4rem 0; vertical-align: top }
        code, pre { background: #f4f5f7; border-radius: .2rem } pre { padding: .8rem; overflow-x: auto }
        </style>
        </head>
        <body>
        <h1>Notifications sandbox</h1>
        <p>Stand-ins for everything outside the notification service. Nothing leaves this machine.</p>
        <table>
        <tr><td><a href="/inbox">/inbox</a></td><td>every message a provider accepted; <a href="/inbox/messages">as JSON</a>, <code>?to=</code> and <code>?since=</code></td></tr>
        <tr><td><a href="/token?org=ttd">/token?org=ttd</a></td><td>a bearer token; <code>&amp;scope=</code>, <code>&amp;orgNumber=</code>, <code>&amp;expiresIn=</code>; of a person who has logged in: <code>?pid=16069412345&amp;userId=</code></td></tr>
        <tr><td><a href="/platform-token?iss=ttd&amp;app=x">/platform-token?iss=ttd&amp;app=x</a></td><td>a platform access token; keys at <code>/.well-known/platform-access-token/{issuer}</code></td></tr>
        <tr><td><a href="/.well-known/openid-configuration">/.well-known/openid-configuration</a></td><td>discovery and <a href="/.well-known/openid-configuration/jwks">keys</a>; <a href="/maskinporten/.well-known/oauth-authorization-server">Maskinporten</a></td></tr>
        <tr><td><a href="/registry/persons/">/registry/persons</a></td><td>whom Profile and Register know; <code>PUT /registry/persons/{nin}</code></td></tr>
        <tr><td><a href="/registry/organizations/">/registry/organizations</a></td><td><code>PUT /registry/organizations/{orgNo}</code>, with <code>users</code> and the resources they are permitted</td></tr>
        <tr><td><a href="/registry/identities/">/registry/identities</a></td><td>who logs in without a Norwegian number; <code>PUT /registry/identities/{urn}</code></td></tr>
        <tr><td><a href="/registry/resources/">/registry/resources</a></td><td>what messages may be about; <code>PUT /registry/resources/{id} {"title":{"nb":"…","nn":"…","en":"…"}}</code></td></tr>
        <tr><td><code>/apps/{org}/{app}/instances/{partyId}/{guid}</code></td><td><code>PUT {"process":{"currentTask":{"elementId":"Task_1"}}}</code>: an app instance, as Storage serves it; <code>POST …/events?copies=2&amp;shuffle=true {"type":"app.instance.process.movedTo.Task_1"}</code>, or <code>types</code>, tells the subscribers</td></tr>
        <tr><td><code>/conditions/{name}</code></td><td><code>PUT {"answers":[true,false,"500","timeout","garbage"]}</code>, then <code>GET</code></td></tr>
        <tr><td><a href="/webhooks/mine">/webhooks/{name}</a></td><td>a receiver of webhooks, and what came to it; <code>PUT {"answers":["500","timeout","200"],"allowedOrigin":"","allowedRate":60,"retryAfter":30}</code></td></tr>
        <tr><td><a href="/faults">/faults</a></td><td><code>POST {"target":"acs","mode":"503","count":3}</code></td></tr>
        <tr><td><a href="/clock">/clock</a></td><td><code>POST /clock/advance {"seconds":604800}</code></td></tr>
        <tr><td><code>/blobs/{account}.blob.core.windows.net/{container}/{name}</code></td><td><code>PUT</code> a file: the answer has the <code>sasUrl</code> that an attachment of an e-mail names</td></tr>
        <tr><td><code>/emails:send</code></td><td>Azure Communication Services Email; how often it refused for its published limits: <a href="/acs/limits">/acs/limits</a></td></tr>
        <tr><td><code>/answers/{recipient}</code></td><td>what a provider says of an address or a number: <code>PUT {"answer":{"status":429,"headers":{"Retry-After":"5"},"times":1},"reports":["Bounced"],"operation":{"status":"Failed","code":"EmailDropped"}}</code>; <code>"answer":{"fault":"reset","takes":true}</code>, <code>slow</code> or <code>huge</code> breaks the answer to a message that was taken; <code>"reportsFirst":true</code> reports before the answer</td></tr>
        <tr><td>SMTP</td><td>a mail server where <code>Sandbox:SmtpPort</code> is set; the same magic recipients</td></tr>
        <tr><td><code>POST /link/xml</code></td><td>LINK Mobility, PSWin XML</td></tr>
        <tr><td><a href="/health">/health</a></td><td></td></tr>
        </table>
        <h2>Magic recipients</h2>
        <p>At <code>@simulator.test</code>: delivered, bounced, suppressed, spam, quarantined, expanded, failed, invalid-format, throttled, server-error,
        always-500, timeout, lost-response, too-large, dropped, canceled, no-report, late-report, duplicate-report, out-of-order, unknown-status;
        <code>bounced+anything@simulator.test</code> too.</p>
        <p>Numbers <code>+47400000NN</code>: 00 delivered, 01 UNDELIV, 02 EXPIRED, 03 REJECTD, 04 DELETED, 05 BARRED, 06 FAILED, 07 UNKNOWN, 08 NULL, 09 BARREDA,
        10 ZEROBAL, 11 ACCEPTD then DELIVRD, 12 INV_NET, 13 numeric, 20 no report, 21 late, 22 twice, 23 before the response, 24 lost response,
        25 one 503, 26 always 503, 27 refused, 28 no reference. Every other address is delivered at once.</p>
        <h2>Try</h2>
        <pre>curl -X PUT -H 'Content-Type: application/json' localhost:5095/registry/persons/01039012345 -d '{"name":"Test Person","email":"test@example.no"}'
        curl -X POST -H 'Content-Type: application/json' localhost:5095/faults -d '{"target":"link","mode":"hang"}'
        curl 'localhost:5095/inbox/messages?to=kari.nordmann@example.no'</pre>
        </body>
        </html>
        """;

    public static void MapHome(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => Results.Content(Html, "text/html; charset=utf-8"));
        routes.MapGet("/health", () => Results.Text("Healthy"));
    }
}
