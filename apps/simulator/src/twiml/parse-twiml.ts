import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { schema } from './verb-schema.js';

/** One TwiML element. */
export interface TwimlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its own text and that of elements nested in it, spaces collapsed. */
  readonly text: string;
  readonly children: readonly TwimlElement[];
}

/** A document Twilio would not execute; `code` is the one of its debugger. */
export class TwimlError extends Error {
  override readonly name = 'TwimlError';

  constructor(
    readonly code: 12100 | 12200 | 12300,
    message: string,
  ) {
    super(message);
  }
}

// Document type declarations are refused below: entities of one's own have no place in a call document.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

const acceptedTypes = ['text/xml', 'application/xml', 'text/html', 'application/rss+xml'];

/**
 * The verbs of a TwiML document, in order.
 * Twilio only warns (12200) of an unknown verb or attribute and skips it; here it is an error, so that a mistake is
 * found on this side of production.
 * @throws TwimlError 12300 for another content type, 12100 for what is not well-formed or not a Response, 12200 for
 * what the schema does not know
 */
export function parseTwiml(document: string, contentType: string): readonly TwimlElement[] {
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!acceptedTypes.includes(mediaType)) {
    throw new TwimlError(12300, `Content type "${contentType}" is not one of ${acceptedTypes.join(', ')}.`);
  }
  if (/<!DOCTYPE/i.test(document)) throw new TwimlError(12100, 'A document type declaration is not allowed in TwiML.');
  const wellFormed = XMLValidator.validate(document);
  if (wellFormed !== true) throw new TwimlError(12100, `Line ${wellFormed.err.line}: ${wellFormed.err.msg}`);
  const roots = (parser.parse(document) as RawNode[]).filter((node) => !('#text' in node));
  const [root] = roots.map(toElement);
  if (root?.name !== 'Response' || roots.length !== 1)
    throw new TwimlError(12100, 'The root element must be Response.');
  validate(root);
  return root.children;
}

/** A node as the parser yields it: `{Name: children, ':@': attributes}` or `{'#text': text}`. */
type RawNode = Record<string, unknown>;

function toElement(node: RawNode): TwimlElement {
  const name = Object.keys(node).find((key) => key !== ':@') ?? '';
  const content = node[name] as RawNode[];
  return {
    name,
    attributes: (node[':@'] ?? {}) as Record<string, string>,
    text: textOf(content).replace(/\s+/g, ' ').trim(),
    children: content.filter((child) => !('#text' in child)).map(toElement),
  };
}

function textOf(nodes: readonly RawNode[]): string {
  return nodes
    .map((node) => {
      if ('#text' in node) return String(node['#text']);
      const name = Object.keys(node).find((key) => key !== ':@') ?? '';
      return ` ${textOf(node[name] as RawNode[])} `;
    })
    .join('');
}

function validate(element: TwimlElement): void {
  const known = schema[element.name];
  if (known === undefined) throw new TwimlError(12200, `There is no TwiML element "${element.name}".`);
  for (const name of Object.keys(element.attributes)) {
    if (!known.attributes.has(name))
      throw new TwimlError(12200, `Attribute "${name}" is not allowed in ${element.name}.`);
  }
  if (!known.text && element.children.length === 0 && element.text !== '') {
    throw new TwimlError(12200, `Text is not allowed in ${element.name}.`);
  }
  if (known.anyChildren) return;
  for (const child of element.children) {
    if (!known.children.has(child.name))
      throw new TwimlError(12200, `${child.name} is not allowed in ${element.name}.`);
    validate(child);
  }
}
