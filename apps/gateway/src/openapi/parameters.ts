import type { JsonSchema } from '#libs/contracts/index.js';
import type { RegisteredOperation } from './registered-operations.js';
import type { DocumentSchemas } from './schemas.js';

const ID_SCHEMA = { type: 'string', minLength: 1, maxLength: 128, pattern: '^[A-Za-z0-9][A-Za-z0-9._~-]*$' };

/**
 * Headers of requests, as components of the document. Their examples belong to the schema: reference pages fill a form with
 * a parameter's own example, and a key or a revision of somebody else's must not be sent with every trial.
 */
export const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Any text of your own that stands for this one request, such as a UUID. A repeat with the same key within 24 hours ' +
      'gets the first answer and has no second effect.',
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
    description: 'The `ETag` you decided by: the change is refused with 412 if it has changed since. `*` takes any.',
    schema: { type: 'string', pattern: '^([*]|"[0-9]{1,15}")$', examples: ['"7"'] },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description:
      'The `ETag` you have: 304 without a body if it is still the same. What is no `ETag` of ours is one you do not have.',
    schema: { type: 'string', examples: ['"7"'] },
  },
} as const satisfies Record<string, JsonSchema>;

/** What every list means by these, unless its field says otherwise. */
const MEANINGS: Readonly<Record<string, string>> = {
  limit: 'How many items a page holds; 50 by default.',
  cursor: 'The `nextCursor` of the page before; absent for the first page.',
};

const header = (name: keyof typeof PARAMETERS): JsonSchema => ({ $ref: `#/components/parameters/${name}` });

/** Everything that goes into a request beside its body. */
export function parametersOf({ operation, parameters }: RegisteredOperation, schemas: DocumentSchemas): JsonSchema[] {
  const declared = new Map(
    operation.params ? schemas.fields(operation.params).map((field) => [field.name, field]) : [],
  );
  const inPath = parameters.map((name) => {
    const schema = declared.get(name)?.schema ?? ID_SCHEMA;
    return { name, in: 'path', required: true, ...described(name, true, schema, schemas) };
  });
  const inQuery = (operation.query ? schemas.fields(operation.query) : []).map(({ name, required, schema }) => ({
    name,
    in: 'query',
    required,
    ...(schema['type'] === 'array' ? { style: 'form', explode: true } : {}),
    ...described(name, required, schema, schemas),
  }));
  return [
    ...inPath,
    ...inQuery,
    ...(operation.idempotent ? [header('IdempotencyKey')] : []),
    ...(operation.ifMatch ? [header('IfMatch')] : []),
    ...(operation.method === 'GET' && (operation.etag || operation.cache) ? [header('IfNoneMatch')] : []),
  ];
}

function described(name: string, required: boolean, field: JsonSchema, schemas: DocumentSchemas): JsonSchema {
  const { description = MEANINGS[name], examples: _own, ...schema } = field;
  const example = schemas.exampleOfField(field, name);
  return {
    ...(description === undefined ? {} : { description }),
    ...(required ? { schema, example } : { schema: { ...schema, examples: [example] } }),
  };
}
