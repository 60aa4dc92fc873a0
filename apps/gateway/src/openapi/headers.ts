import type { JsonSchema } from '#libs/contracts/index.js';

const text = (description: string, example: string): JsonSchema => ({
  description,
  schema: { type: 'string', examples: [example] },
});

/** Headers of answers, as components of the document. */
export const RESPONSE_HEADERS = {
  'X-Request-Id': text('Names this request in our logs.', '0198f2b4-6c1e-7a53-9d0c-2f7a1be0c9d4'),
  RateLimit: text('What is left of each quota, and in how many seconds it is full again.', '"key";r=582;t=41'),
  'RateLimit-Policy': text('The quotas: how many requests in how many seconds.', '"key";q=600;w=60'),
  'Retry-After': {
    description: 'Seconds to wait before the request is repeated.',
    schema: { type: 'integer', minimum: 0, examples: [2] },
  },
  ETag: text('The revision of what is answered; send it as `If-Match` with a change.', '"7"'),
  'Idempotency-Replayed': {
    description: '`true` when this is the stored answer to an earlier request with the same `Idempotency-Key`.',
    schema: { type: 'string', enum: ['true'] },
  },
  'WWW-Authenticate': text('How to authenticate.', 'Bearer'),
  Location: text(
    'Where it is. The link is short-lived and serves ranges.',
    'https://recordings.example/rec_1?expires=900',
  ),
  Deprecation: text('Since when this operation is deprecated (RFC 9745).', '@1767225600'),
  Sunset: text('When this operation goes (RFC 8594).', 'Thu, 31 Dec 2026 00:00:00 GMT'),
} as const satisfies Record<string, JsonSchema>;

export type ResponseHeader = keyof typeof RESPONSE_HEADERS;

/** Headers that every answer of the API has. */
export const COMMON_HEADERS: readonly ResponseHeader[] = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'];

/** References to headers of the document's components. */
export const headerReferences = (names: readonly ResponseHeader[]): JsonSchema =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** The headers that these responses refer to: a component nothing refers to would be an unused type in a client. */
export function usedHeaders(paths: JsonSchema): JsonSchema {
  const text = JSON.stringify(paths);
  return Object.fromEntries(
    Object.entries(RESPONSE_HEADERS).filter(([name]) => text.includes(`"#/components/headers/${name}"`)),
  );
}
