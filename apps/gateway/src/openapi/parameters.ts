import type { JsonSchema } from '#libs/contracts/index.js';
import type { RegisteredOperation } from './registered-operations.js';
import type { DocumentSchemas } from './schemas.js';

const ID_SCHEMA = { type: 'string', minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]*$' };

/**
 * Request headers, as components of the document. Their examples are on the schema, not on the parameter: "Try it out"
 * fills the form with parameter examples, and would send an example key or revision with every request.
 */
export const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'A unique value that you choose for this request, such as a UUID. A repeat with the same key within 24 hours gets ' +
      'the first response and does not take effect again.',
    schema: {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      pattern: '^[!-~]+$',
      examples: ['7d3f0f0e-5d6c-4a61-b5a3-0f4c2f1b9a11'],
    },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description:
      'The `ETag` that you have read: the change is refused with 412 if the resource has changed since. `*` matches any.',
    schema: { type: 'string', pattern: '^([*]|"[0-9]{1,15}")$', examples: ['"7"'] },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description:
      'The `ETag` that you have: answers 304 without a body if it is still current. Unknown values do not match.',
    schema: { type: 'string', examples: ['"7"'] },
  },
} as const satisfies Record<string, JsonSchema>;

/** Default descriptions of parameters that all lists have. */
const DEFAULT_DESCRIPTIONS: Readonly<Record<string, string>> = {
  limit: 'Maximum number of items per page. Default: 50.',
  cursor: 'The `nextCursor` of the previous page; omit it for the first page.',
};

const toHeaderReference = (name: keyof typeof PARAMETERS): JsonSchema => ({ $ref: `#/components/parameters/${name}` });

/** Returns the path, query and header parameters of an operation. */
export function toParameters({ operation, parameters }: RegisteredOperation, schemas: DocumentSchemas): JsonSchema[] {
  const declared = new Map(
    operation.params ? schemas.listFields(operation.params).map((field) => [field.name, field]) : [],
  );
  const pathParameters = parameters.map((name) => {
    const schema = declared.get(name)?.schema ?? ID_SCHEMA;
    return { name, in: 'path', required: true, ...describeParameter(name, true, schema, schemas) };
  });
  const queryParameters = (operation.query ? schemas.listFields(operation.query) : []).map(
    ({ name, required, schema }) => ({
      name,
      in: 'query',
      required,
      ...(schema['type'] === 'array' ? { style: 'form', explode: true } : {}),
      ...describeParameter(name, required, schema, schemas),
    }),
  );
  return [
    ...pathParameters,
    ...queryParameters,
    ...(operation.idempotent ? [toHeaderReference('IdempotencyKey')] : []),
    ...(operation.ifMatch ? [toHeaderReference('IfMatch')] : []),
    ...(operation.method === 'GET' && (operation.etag || operation.cache) ? [toHeaderReference('IfNoneMatch')] : []),
  ];
}

function describeParameter(name: string, required: boolean, field: JsonSchema, schemas: DocumentSchemas): JsonSchema {
  const { description = DEFAULT_DESCRIPTIONS[name], examples: _examples, ...schema } = field;
  const example = schemas.toFieldExample(field, name);
  return {
    ...(description === undefined ? {} : { description }),
    ...(required ? { schema, example } : { schema: { ...schema, examples: [example] } }),
  };
}
