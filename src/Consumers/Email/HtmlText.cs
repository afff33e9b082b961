using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Notifications.Consumers.Email;

/// <summary>
/// The plain text beside a HTML text, for those who read no HTML: links keep their targets, lists their bullets, paragraphs their distance.
/// </summary>
internal sealed class HtmlText
{
    private static readonly HashSet<string> Unread = new(StringComparer.Ordinal) { "HEAD", "SCRIPT", "STYLE", "TEMPLATE", "TITLE", "NOSCRIPT", "OBJECT", "SVG" };
    private static readonly HashSet<string> Paragraphs = new(StringComparer.Ordinal) { "P", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "TABLE", "BLOCKQUOTE", "PRE", "HR" };
    private static readonly HashSet<string> Lines = new(StringComparer.Ordinal)
    {
        "ADDRESS", "ARTICLE", "ASIDE", "DD", "DIV", "DL", "DT", "FIGCAPTION", "FIGURE", "FOOTER", "FORM", "HEADER", "LI", "MAIN", "NAV", "SECTION", "TR",
    };

    private readonly StringBuilder _text = new();
    private readonly Stack<(IElement Link, int Start)> _links = new();
    private bool _isApart = true;

    public static string Of(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        var text = new HtmlText();
        text.Walk(document.DocumentElement);
        return text._text.ToString().Trim();
    }

    /// <summary>Not by recursion: elements may be nested to any depth.</summary>
    private void Walk(INode root)
    {
        for (INode? node = root; node is not null;)
        {
            if (Enter(node) && node.FirstChild is { } child)
            {
                node = child;
                continue;
            }
            while (node is not null && node.NextSibling is null && node != root)
            {
                Leave(node);
                node = node.Parent;
            }
            if (node is null)
                return;
            Leave(node);
            node = node == root ? null : node.NextSibling;
        }
    }

    /// <summary>Returns whether what is inside is read.</summary>
    private bool Enter(INode node)
    {
        if (node is IText text)
            Write(text.Data, node.ParentElement?.NodeName == "PRE");
        if (node is not IElement element || Unread.Contains(element.NodeName))
            return false;

        Part(element);
        switch (element.NodeName)
        {
            case "BR":
                Line();
                break;
            case "LI":
                Write("- ", isVerbatim: true);
                _isApart = true;
                break;
            case "IMG":
                Write(element.GetAttribute("alt") ?? "", isVerbatim: false);
                break;
            case "TD" or "TH" when element.PreviousElementSibling is not null:
                Write(" ", isVerbatim: false);
                break;
            case "A":
                _links.Push((element, _text.Length));
                break;
        }
        return true;
    }

    private void Leave(INode node)
    {
        if (node is not IElement element || Unread.Contains(element.NodeName))
            return;
        if (_links.TryPeek(out var link) && link.Link == element)
        {
            _links.Pop();
            var start = Math.Min(link.Start, _text.Length);
            if (element.GetAttribute("href") is { Length: > 0 } target && !target.StartsWith('#') && _text.ToString(start, _text.Length - start).Trim() is var said
                && !target.EndsWith(said.Length == 0 ? "\n" : said, StringComparison.OrdinalIgnoreCase))
                Write(said.Length == 0 ? target : $" ({target})", isVerbatim: said.Length > 0);
        }
        Part(element);
    }

    private void Part(IElement element)
    {
        if (Paragraphs.Contains(element.NodeName))
            Paragraph();
        else if (Lines.Contains(element.NodeName))
            EndLine();
    }

    private void Write(string text, bool isVerbatim)
    {
        foreach (var character in text.Replace('\u00a0', ' '))
        {
            if (!isVerbatim && char.IsWhiteSpace(character))
            {
                if (!_isApart)
                    _text.Append(' ');
                _isApart = true;
            }
            else if (character != '\r')
            {
                _text.Append(character);
                _isApart = character == '\n';
            }
        }
    }

    private void EndLine()
    {
        TrimSpace();
        if (_text.Length > 0 && _text[^1] != '\n')
            Line();
    }

    private void Line()
    {
        TrimSpace();
        _text.Append('\n');
        _isApart = true;
    }

    private void Paragraph()
    {
        EndLine();
        if (_text.Length > 1 && _text[^2] != '\n')
            Line();
    }

    private void TrimSpace()
    {
        while (_text.Length > 0 && _text[^1] == ' ')
            _text.Length--;
    }
}
