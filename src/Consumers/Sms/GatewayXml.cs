using System.Xml;
using System.Xml.Linq;

namespace Notifications.Consumers.Sms;

/// <summary>
/// Reads the gateway's XML. It names a DTD, which is passed over: nothing it could define is fetched or expanded. What is nested deeper than
/// anything of the gateway's is refused, because the text of an element is put together by recursion.
/// </summary>
public static class GatewayXml
{
    private const int MostDepth = 16;

    /// <summary>Throws <see cref="XmlException"/> for what is not XML, or not the gateway's.</summary>
    public static XElement Load(string text)
    {
        using (var shallow = Reader(text))
        {
            while (shallow.Read())
            {
                if (shallow.Depth > MostDepth)
                    throw new XmlException("The elements are nested too deep.");
            }
        }
        using var reader = Reader(text);
        return XDocument.Load(reader).Root ?? throw new XmlException("There is no element.");
    }

    private static XmlReader Reader(string text) =>
        XmlReader.Create(new StringReader(text.TrimEnd('\0')), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
}
