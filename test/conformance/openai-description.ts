import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { descriptionFile } from './api-description.js';

type Json = Readonly<Record<string, unknown>>;

interface Described {
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
}

const DOCUMENT = 'https://openai.example/document';

/** OpenAI's published OpenAPI 3.1 description. Its schemas are JSON Schema with circular references. */
export class OpenAiDescription {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: false });
  private readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;

  constructor() {
    ajvFormats.default(this.ajv);
    // Formats of numbers and uploads, which a string format cannot validate.
    for (const name of ['unixtime', 'float', 'double', 'binary']) this.ajv.addFormat(name, true);
    const text = readFileSync(descriptionFile('openai.subset.json'), 'utf8');
    // `nullable` is an OpenAPI 3.0 keyword without meaning in a 3.1 document.
    const removeNullable = (key: string, value: unknown): unknown => (key === 'nullable' ? undefined : value);
    // The alternatives overlap (every verbose transcription is also a plain one), so "one of" is read as "any of".
    const document = JSON.parse(text.replaceAll('"oneOf"', '"anyOf"'), removeNullable) as Json & {
      paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
    };
    this.ajv.addSchema({ $id: DOCUMENT, components: document['components'], paths: document.paths });
    this.paths = document.paths;
  }

  /**
   * Lists what the description does not allow in a request's body. Form fields are keyed by name; an upload is a text.
   */
  findRequestErrors(method: string, path: string, media: string, body: unknown): string[] {
    const operation = this.paths[path]?.[method.toLowerCase()];
    if (!operation) return [`${method} ${path} is not described`];
    if (!operation.requestBody?.content[media]) return [`${method} ${path} does not take ${media}`];
    return this.findErrors(
      `paths/${escapePointerPart(path)}/${method.toLowerCase()}/requestBody/content/${escapePointerPart(media)}`,
      body,
    );
  }

  findResponseErrors(method: string, path: string, status: number, body: unknown): string[] {
    const response = `responses/${status}/content/${escapePointerPart('application/json')}`;
    return this.findErrors(`paths/${escapePointerPart(path)}/${method.toLowerCase()}/${response}`, body);
  }

  private findErrors(pointer: string, value: unknown): string[] {
    const validate: ValidateFunction = this.ajv.compile({ $ref: `${DOCUMENT}#/${pointer}/schema` });
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message = '', params }) =>
      `${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
    );
  }
}

/** Escapes a part of a JSON pointer in a URI's fragment. */
const escapePointerPart = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
