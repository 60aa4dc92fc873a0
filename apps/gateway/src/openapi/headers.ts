import type { JsonSchema } from '#libs/contracts/index.js';

const createTextHeader = (description: string, example: string): JsonSchema => ({
  description,
  schema: { type: 'string', examples: [example] },
});

/** Response headers, as components of the document. */
export const RESPONSE_HEADERS = {
  'X-Request-Id': createTextHeader('The id of this request in DelAuto’s logs.', '0198f2b4-6c1e-7a53-9d0c-2f7a1be0c9d4'),
  RateLimit: createTextHeader(
    'The remaining requests (`r`) of each quota, and the seconds (`t`) until it is full again.',
    '"credential";r=582;t=41, "address";r=2390;t=41',
  ),
  'RateLimit-Policy': createTextHeader(
    'The quotas: requests (`q`) per time window (`w`), in seconds.',
    '"credential";q=600;w=60, "address";q=2400;w=60',
  ),
  'Retry-After': {
    description: 'Seconds to wait before repeating the request.',
    schema: { type: 'integer', minimum: 0, examples: [2] },
  },
  ETag: createTextHeader('The revision of the returned resource; send it as `If-Match` with a change.', '"7"'),
  'Idempotency-Replayed': {
    description: '`true` if this is the stored response to an earlier request with the same `Idempotency-Key`.',
    schema: { type: 'string', enum: ['true'] },
  },
  'WWW-Authenticate': createTextHeader('How to authenticate.', 'Bearer'),
  Location: createTextHeader(
    'The audio. The link is short-lived and supports range requests.',
    'https://recordings.example/rec_1?expires=900',
  ),
  Deprecation: createTextHeader('The date since which this operation is deprecated (RFC 9745).', '@1767225600'),
  Sunset: createTextHeader('The date on which this operation is removed (RFC 8594).', 'Thu, 31 Dec 2026 00:00:00 GMT'),
} as const satisfies Record<string, JsonSchema>;

export type ResponseHeader = keyof typeof RESPONSE_HEADERS;

/** Headers of every response. */
export const COMMON_HEADERS: readonly ResponseHeader[] = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy'];

/** Returns references to header components. */
export const toHeaderReferences = (names: readonly ResponseHeader[]): JsonSchema =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** Returns the header components that these paths use. An unused component would become an unused type in clients. */
export function collectUsedHeaders(paths: JsonSchema): JsonSchema {
  const serializedPaths = JSON.stringify(paths);
  return Object.fromEntries(
    Object.entries(RESPONSE_HEADERS).filter(([name]) => serializedPaths.includes(`"#/components/headers/${name}"`)),
  );
}
