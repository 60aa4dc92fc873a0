import type { JsonSchema } from '#libs/contracts/index.js';
import type { DocumentedOperation } from '../../apps/gateway/src/openapi/openapi.module.js';
import type { OpenApiDocument } from '../../apps/gateway/src/openapi/openapi.module.js';
import { comment, quoted, toTypeScriptType } from './typescript-type.js';

/** The generated source of one operation. */
export interface ClientOperation {
  /** Declaration of the query type, if the operation has query parameters. */
  readonly declaration: string | undefined;
  readonly methods: string;
}

/** Generates the methods of one operation, and its query type if it has query parameters. */
export function generateOperation(operation: DocumentedOperation, document: OpenApiDocument): ClientOperation {
  const query = getQueryParameters(operation);
  const queryType = query.length > 0 ? `${capitalize(operation.id)}Query` : undefined;
  const declaration = queryType && `export interface ${queryType} {\n${query.map(generateQueryField).join('\n')}\n}`;
  const item = findItemType(operation, document);
  return {
    declaration,
    methods: [generateMethod(operation, queryType), item && generateIterator(operation, queryType, item)]
      .filter(Boolean)
      .join('\n\n'),
  };
}

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const getQueryParameters = ({ parameters }: DocumentedOperation): JsonSchema[] =>
  parameters.filter((one) => one['in'] === 'query');

function generateQueryField(parameter: JsonSchema): string {
  const { description } = parameter;
  const docComment = typeof description === 'string' ? `  /** ${comment(description)} */\n` : '';
  return `${docComment}  readonly ${String(parameter['name'])}${parameter['required'] === true ? '' : '?'}: ${toTypeScriptType(parameter['schema'] as JsonSchema)};`;
}

interface Argument {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

function toArguments(operation: DocumentedOperation, queryType: string | undefined): Argument[] {
  const body = operation.described.requestBody?.content ?? {};
  const pathParameters = operation.parameters.filter((one) => one['in'] === 'path');
  const otherMedia = Object.keys(body).filter((media) => media !== 'application/json');
  const json = body['application/json'];
  return [
    ...pathParameters.map(({ name, schema }) => ({
      name: String(name),
      type: toTypeScriptType(schema as JsonSchema),
      required: true,
    })),
    ...(json
      ? [
          {
            name: 'body',
            type: [toTypeScriptType(json.schema), ...(otherMedia.length > 0 ? ['TextBody'] : [])].join(' | '),
            required: true,
          },
        ]
      : []),
    ...(queryType
      ? [
          {
            name: 'query',
            type: queryType,
            required: getQueryParameters(operation).some((one) => one['required'] === true),
          },
        ]
      : []),
  ];
}

const generateParameterList = (args: readonly Argument[]): string =>
  [
    ...args.map(({ name, type, required }) => `${name}: ${type}${required ? '' : ' = {}'}`),
    'options: CallOptions = {}',
  ].join(', ');

function generateMethod(operation: DocumentedOperation, queryType: string | undefined): string {
  const { id, described } = operation;
  const args = toArguments(operation, queryType);
  const [status, success] = Object.entries(described.responses)[0] ?? [];
  const [media, content] = Object.entries(success?.content ?? {})[0] ?? [];
  const answerKind =
    Number(status) >= 300 ? 'location' : content ? (media === 'application/json' ? 'json' : 'text') : 'nothing';
  const type = {
    location: 'string',
    json: content ? toTypeScriptType(content.schema) : '',
    text: 'string',
    nothing: 'void',
  }[answerKind];
  const acceptsKey = operation.parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey');
  const request = [
    `method: ${quoted(operation.method)}`,
    `path: \`${operation.path.replaceAll(/\{(\w+)\}/g, '${encodeURIComponent($1)}')}\``,
    ...(args.some(({ name }) => name === 'query') ? ['query: { ...query }'] : []),
    ...(args.some(({ name }) => name === 'body') ? ['body'] : []),
    `keyed: ${acceptsKey}`,
    `answer: ${quoted(answerKind)}`,
  ];
  const permission =
    described['x-permission'] === undefined
      ? 'Requires no permission.'
      : `Requires the permission \`${described['x-permission']}\`.`;
  return `  /** ${comment(described.summary)} ${permission}${described.deprecated ? ' @deprecated' : ''} */\n  ${id}(${generateParameterList(args)}): Promise<${type}> {\n    return this.send({ ${request.join(', ')} }, options);\n  }`;
}

/** Returns the item type if the operation returns a page with a cursor. */
function findItemType(operation: DocumentedOperation, document: OpenApiDocument): string | undefined {
  const reply = operation.described.responses['200']?.content?.['application/json']?.schema['$ref'];
  const hasCursor = getQueryParameters(operation).some(({ name }) => name === 'cursor');
  if (!hasCursor || typeof reply !== 'string') return undefined;
  const page = (document.components['schemas'] as Record<string, JsonSchema>)[reply.split('/').at(-1) ?? ''];
  const { items, nextCursor } = (page?.['properties'] ?? {}) as Record<string, JsonSchema | undefined>;
  return items && nextCursor && toTypeScriptType(items['items'] as JsonSchema);
}

function generateIterator(operation: DocumentedOperation, queryType: string | undefined, item: string): string {
  const args = toArguments(operation, queryType);
  const name = `iterate${capitalize(operation.id.replace(/^list/, ''))}`;
  const passedArguments = [
    ...args.map((one) => (one.name === 'query' ? '{ ...query, ...page }' : one.name)),
    'options',
  ].join(', ');
  return `  /** Iterates over all items of \`${operation.id}\`. Fetches pages on demand. */\n  ${name}(${generateParameterList(args)}): AsyncGenerator<${item}, void, undefined> {\n    return itemsOf((page) => this.${operation.id}(${passedArguments}));\n  }`;
}
