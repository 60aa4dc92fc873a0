import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';

type Json = Readonly<Record<string, unknown>>;

/** One request and its response, as sent over the wire. */
export interface Exchange {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly status: number;
  readonly body: string;
}

interface DescribedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: RegExp;
  readonly request: Json | undefined;
  readonly responses: Readonly<Record<string, Json | undefined>>;
}

/** Locates other companies' published API descriptions: beside the repository, or in the folder `API_DESCRIPTIONS`. */
export function descriptionFile(name: string): string {
  const folder = process.env['API_DESCRIPTIONS'] ?? '../shared/specs';
  const file = join(resolve(folder), name);
  if (existsSync(file)) return file;
  throw new Error(
    `${file} is missing. Put the published API description there, or set API_DESCRIPTIONS to its folder.`,
  );
}

/** An API's published OpenAPI 3.0 description, against which exchanges are validated. */
export class ApiDescription {
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly operations: readonly DescribedOperation[];

  constructor(file: string) {
    ajvFormats.default(this.ajv);
    this.ajv.addFormat('date-time-rfc-2822', /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/);
    this.ajv.addFormat('phone-number', /^\+?[0-9A-Za-z:@.+_-]+$/);
    this.ajv.addFormat('http-method', /^(GET|POST)$/);
    // Formats of objects and documents, which a string format cannot validate.
    for (const name of ['uri-map', 'endpoint', 'twiml']) this.ajv.addFormat(name, true);
    this.ajv.addFormat('currency', /^[A-Z]{3}$/);
    // Twilio uses `uri` for relative URIs in its own examples: "/2010-04-01/Accounts/…".
    this.ajv.addFormat('uri', /^(https?:\/\/|\/)[^\s]*$/);
    const document = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, Json>; components: Json };
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      ['get', 'post', 'delete'].flatMap((method) => {
        const operation = item[method] as Json | undefined;
        return operation ? [toOperation(path, method, operation, document)] : [];
      }),
    );
  }

  operationIds(): string[] {
    return this.operations.map(({ id }) => id);
  }

  findOperation({ method, path }: Pick<Exchange, 'method' | 'path'>): DescribedOperation | undefined {
    return this.operations.find((one) => one.method === method.toLowerCase() && one.path.test(path));
  }

  /**
   * Lists everything in a request and its response that the description does not allow, and every described field that
   * the response lacks.
   */
  findErrors(exchange: Exchange): string[] {
    const operation = this.findOperation(exchange);
    if (!operation) return [`${exchange.method} ${exchange.path} is not described`];
    const prefixOperation = (errors: readonly string[]): string[] => errors.map((error) => `${operation.id}: ${error}`);
    return prefixOperation([
      ...findRequestErrors(operation, exchange),
      ...this.findResponseErrors(operation, exchange),
    ]);
  }

  private findResponseErrors({ responses }: DescribedOperation, { status, body }: Exchange): string[] {
    if (!(status in responses)) return [`status ${status} is not described`];
    const schema = responses[status];
    if (!schema) return body === '' ? [] : ['the response must not have a body'];
    const json: unknown = JSON.parse(body);
    const validate: ValidateFunction = this.ajv.compile(schema);
    const errors = validate(json) ? [] : (validate.errors ?? []);
    return [
      ...errors.map(({ instancePath, message = '' }) => `${instancePath} ${message}`),
      ...findMissingFields(json, schema, ''),
    ];
  }
}

function toOperation(
  path: string,
  method: string,
  operation: Json,
  document: { components: Json },
): DescribedOperation {
  const resolveSchema = (schema: unknown): Json => resolveReferences(schema, document) as Json;
  const content = (holder: unknown, media: string): Json | undefined =>
    (holder as { content?: Record<string, { schema?: Json }> } | undefined)?.content?.[media]?.schema &&
    resolveSchema((holder as { content: Record<string, { schema: Json }> }).content[media]?.schema);
  const responses = Object.entries((operation['responses'] ?? {}) as Record<string, unknown>);
  return {
    id: String(operation['operationId']),
    method,
    path: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+?')}$`),
    request: content(operation['requestBody'], 'application/x-www-form-urlencoded'),
    responses: Object.fromEntries(
      responses.map(([status, response]) => [status, content(response, 'application/json')]),
    ),
  };
}

/** Converts OpenAPI 3.0's dialect to JSON Schema: references are resolved, and `nullable` becomes a type. */
function resolveReferences(schema: unknown, document: { components: Json }): unknown {
  if (Array.isArray(schema)) return schema.map((item) => resolveReferences(item, document));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref } = schema as { $ref?: string };
  if ($ref !== undefined) {
    const target = $ref
      .split('/')
      .slice(1)
      .reduce<unknown>((node, key) => (node as Json)[key], document);
    return resolveReferences(target, document);
  }
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, resolveReferences(value, document)]),
  );
  if (copy['nullable'] !== true) return copy;
  const { nullable: _nullable, ...schemaWithoutNullable } = copy;
  return { anyOf: [{ type: 'null' }, schemaWithoutNullable] };
}

function findRequestErrors({ request }: DescribedOperation, { form }: Exchange): string[] {
  const properties = (request?.['properties'] ?? {}) as Readonly<Record<string, Json>>;
  const required = (request?.['required'] ?? []) as string[];
  return [
    ...Object.keys(form)
      .filter((name) => !(name in properties))
      .map((name) => `the request’s ${name} is not described`),
    ...required.filter((name) => !(name in form)).map((name) => `the request lacks ${name}`),
    ...Object.entries(form).flatMap(([name, value]) => {
      const allowed = properties[name]?.['enum'] as string[] | undefined;
      return allowed && !allowed.includes(value) ? [`the request’s ${name} must be one of ${allowed.join(', ')}`] : [];
    }),
  ];
}

/** Lists described fields that the response lacks, because a client may read any of them. */
function findMissingFields(json: unknown, schema: Json, at: string): string[] {
  const { properties, items } = schema as { properties?: Record<string, Json>; items?: Json };
  if (items && Array.isArray(json))
    return json.flatMap((item, index) => findMissingFields(item, items, `${at}/${index}`));
  if (!properties || typeof json !== 'object' || json === null) return [];
  return Object.entries(properties).flatMap(([name, inner]) =>
    name in json ? findMissingFields((json as Json)[name], inner, `${at}/${name}`) : [`${at}/${name} is missing`],
  );
}
