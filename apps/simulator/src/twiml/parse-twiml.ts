import { XMLParser, XMLValidator } from 'fast-xml-parser';

import { schema } from './verb-schema.js';

/** One TwiML element. */
export interface TwimlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The text of the element and of its descendants, with whitespace collapsed. */
  readonly text: string;
  readonly children: readonly TwimlElement[];
}

/** Thrown for a document that cannot be executed. `code` is the error code in Twilio's debugger. */
export class TwimlError extends Error {
  override readonly name = 'TwimlError';

  constructor(
    readonly code: 12100 | 12200 | 12300,
    message: string,
  ) {
    super(message);
  }
}

// Document type declarations are refused below, so a document cannot define entities.
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

const ACCEPTED_TYPES = ['text/xml', 'application/xml', 'text/html', 'application/rss+xml'];

/**
 * Parses the verbs of a TwiML document, in order.
 * Twilio only warns (12200) about an unknown verb or attribute and skips it. The simulator rejects it, so that an error
 * is found before production.
 * @throws TwimlError 12300 for a wrong content type, 12100 for a document that is not well-formed or not a Response,
 * 12200 for elements and attributes outside the schema
 */
export function parseTwiml(document: string, contentType: string): readonly TwimlElement[] {
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!ACCEPTED_TYPES.includes(mediaType)) {
    throw new TwimlError(12300, `Content type "${contentType}" is not one of ${ACCEPTED_TYPES.join(', ')}.`);
  }
  if (/<!DOCTYPE/i.test(document)) throw new TwimlError(12100, 'A document type declaration is not allowed in TwiML.');
  const validation = XMLValidator.validate(document);
  if (validation !== true) throw new TwimlError(12100, `Line ${validation.err.line}: ${validation.err.msg}`);
  const roots = (parser.parse(document) as RawNode[]).filter((node) => !('#text' in node));
  const [root] = roots.map(toElement);
  if (root?.name !== 'Response' || roots.length !== 1)
    throw new TwimlError(12100, 'The root element must be Response.');
  validate(root);
  return root.children;
}

/** A node in the parser's format: `{Name: children, ':@': attributes}` or `{'#text': text}`. */
type RawNode = Record<string, unknown>;

function toElement(node: RawNode): TwimlElement {
  const name = Object.keys(node).find((key) => key !== ':@') ?? '';
  const content = node[name] as RawNode[];
  return {
    name,
    attributes: (node[':@'] ?? {}) as Record<string, string>,
    text: collectText(content).replace(/\s+/g, ' ').trim(),
    children: content.filter((child) => !('#text' in child)).map(toElement),
  };
}

function collectText(nodes: readonly RawNode[]): string {
  return nodes
    .map((node) => {
      if ('#text' in node) return String(node['#text']);
      const name = Object.keys(node).find((key) => key !== ':@') ?? '';
      return ` ${collectText(node[name] as RawNode[])} `;
    })
    .join('');
}

function validate(element: TwimlElement): void {
  const elementSchema = schema[element.name];
  if (elementSchema === undefined) throw new TwimlError(12200, `There is no TwiML element "${element.name}".`);
  for (const name of Object.keys(element.attributes)) {
    if (!elementSchema.attributes.has(name))
      throw new TwimlError(12200, `Attribute "${name}" is not allowed in ${element.name}.`);
  }
  if (!elementSchema.text && element.children.length === 0 && element.text !== '') {
    throw new TwimlError(12200, `Text is not allowed in ${element.name}.`);
  }
  if (elementSchema.anyChildren) return;
  for (const child of element.children) {
    if (!elementSchema.children.has(child.name))
      throw new TwimlError(12200, `${child.name} is not allowed in ${element.name}.`);
    validate(child);
  }
}
