/** A tag of an XML text: its name without a prefix, and its attributes as they are written. */
export interface XmlTag {
  readonly name: string;
  readonly attributes: string;
}

/**
 * What stands between `<` and its end. Each kind ends at the end of the text at the latest, so nothing is looked at twice, whatever
 * is left open. Attributes may hold `>`, so they are passed over as a whole.
 */
const MARKUP =
  /<!--.*?(?:-->|$)|<!\[CDATA\[.*?(?:\]\]>|$)|<\?.*?(?:\?>|$)|<([^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*)(>?)/gs;
const NAME = /^(?:[^\s/"':]*:)?([^\s/"':]+)/;

/**
 * The opening tags of an XML text, in its order, cut where the reader of workbooks cuts them: a cell that only one of the two sees
 * would escape the limits.
 *
 * @throws RangeError for a tag, or a quote in one, that has no end
 */
export function* xmlTags(xml: string): Generator<XmlTag> {
  for (const [markup, inside, end] of xml.matchAll(MARKUP)) {
    if (end === "") throw new RangeError(`${markup.slice(0, 40)} has no end`);
    const [start, name] = inside === undefined ? [] : (NAME.exec(inside) ?? []);
    if (start !== undefined && name !== undefined) yield { name, attributes: inside?.slice(start.length) ?? "" };
  }
}
