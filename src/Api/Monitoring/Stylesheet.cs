namespace Notifications.Api.Monitoring;

/// <summary>In the colours of the public sector's design system; whole, so that nothing is asked of any other host.</summary>
internal static class Stylesheet
{
    public const string Text = """
        :root { --ink: #1e2b3c; --quiet: #4b5563; --line: #d2d5d8; --rule: #68707c; --ground: #f4f5f7; --head: #e9ebed; --link: #0062ba; --alarm: #b3253a; --well: #068718 }
        * { box-sizing: border-box }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 90rem; margin: 0 auto; padding: 0 1rem 2rem; color: var(--ink); background: var(--ground); overflow-wrap: anywhere }
        a { color: var(--link) }
        :focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
        .skip { position: absolute; left: -100rem; background: #fff; padding: .5rem 1rem; z-index: 1 }
        .skip:focus { left: 1rem; top: .5rem }
        header { border-bottom: 1px solid var(--line); padding: 1rem 0 }
        nav { display: flex; justify-content: space-between; gap: 1rem; margin-bottom: .8rem }
        .home { font-weight: 600; color: inherit; text-decoration: none }
        .home:hover { text-decoration: underline }
        form { display: grid; grid-template-columns: minmax(10rem, 44rem) auto; justify-content: start; gap: .3rem .6rem }
        label, #hint { grid-column: 1 / -1 }
        label { font-weight: 600 }
        #hint { margin: 0; color: var(--quiet); font-size: .9rem }
        input, button { font: inherit; height: 2.75rem; padding: .4rem .8rem; border: 1px solid var(--rule); border-radius: .25rem; background: #fff; color: inherit; min-width: 0 }
        button { background: var(--link); border-color: var(--link); color: #fff; font-weight: 600; cursor: pointer }
        button:hover { background: #004e95 }
        h1 { font-size: 1.6rem; line-height: 1.3; margin: 1.2rem 0 .8rem }
        h2 { font-size: 1.2rem; margin: 1.8rem 0 .4rem }
        .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 36rem), 1fr)); gap: 0 1.5rem; align-items: start }
        .scroll { overflow-x: auto; position: relative; margin: 1rem 0 }
        table { border-collapse: collapse; width: 100%; font-size: .95rem; background: #fff; border: 1px solid var(--line) }
        caption { text-align: left; font-size: 1.1rem; font-weight: 600; padding: .3rem 0 }
        th, td { padding: .4rem .55rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: normal }
        thead th { background: var(--head); vertical-align: bottom; white-space: nowrap }
        tbody th { font-weight: 500 }
        td br + time { color: var(--quiet); font-size: .9rem }
        td p { margin: 0 0 .3rem }
        .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
        .text { overflow-wrap: anywhere; min-width: 8rem }
        time { white-space: nowrap; font-variant-numeric: tabular-nums }
        .id { font: .85em ui-monospace, monospace; white-space: nowrap }
        .alarm table { border-left: .4rem solid var(--alarm) }
        .well { background: #fff; border: 1px solid var(--line); border-left: .4rem solid var(--well); padding: .5rem 1rem }
        dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: .8rem 1.5rem; background: #fff; border: 1px solid var(--line); padding: 1rem; margin: 0 }
        dt { color: var(--quiet); font-size: .9rem }
        dd { margin: 0 }
        .count { display: inline-block; background: var(--head); border-radius: 1rem; padding: 0 .7rem; margin: .1rem 0 }
        ol, ul { margin: .3rem 0; padding-left: 2.2rem }
        footer { color: var(--quiet); font-size: .9rem; margin-top: 2rem }
        @media (max-width: 40rem) {
            .since { display: none }
            thead th { white-space: normal }
            .messages table { border-top: 0 }
            .messages thead, .messages td:empty { display: none }
            .messages tr, .messages th, .messages td { display: block; border-top: 0 }
            .messages tr { border-top: 1px solid var(--line); padding: .4rem 0 }
            .messages th, .messages td { padding: .1rem .7rem }
        }
        """;
}
