using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Notifications.Api.Monitoring;

/// <summary>Markup. What is written in the code is markup, what is filled in is text, unless it is markup itself: nobody can forget to encode.</summary>
internal sealed class Html
{
    public static readonly Html Nothing = new("");

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string _markup;

    private Html(string markup) => _markup = markup;

    public static Html Of(Markup markup) => new(markup.ToString());

    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> render) => new(string.Concat(items.Select(item => render(item)._markup)));

    public override string ToString() => _markup;

    [InterpolatedStringHandler]
    internal readonly ref struct Markup(int literalLength, int formattedCount)
    {
        private const int UsualText = 32;

        private readonly StringBuilder _markup = new(literalLength + (formattedCount * UsualText));

        public void AppendLiteral(string markup) => _markup.Append(markup);

        public void AppendFormatted(Html? html) => _markup.Append(html);

        public void AppendFormatted(string? text) => _markup.Append(Encoder.Encode(text ?? ""));

        public void AppendFormatted<T>(T value)
            where T : struct, IFormattable => AppendFormatted(value.ToString(format: null, CultureInfo.InvariantCulture));

        public override string ToString() => _markup.ToString();
    }
}
