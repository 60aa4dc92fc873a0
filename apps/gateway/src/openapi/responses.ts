import { STATUS_CODES } from 'node:http';
import type { JsonSchema } from '#libs/contracts/index.js';
import { toProblemKind, PROBLEM_MEDIA, ProblemDetails, toProblemType } from '../problems/problems.module.js';
import type { Operation } from '../requests/requests.module.js';
import { COMMON_HEADERS, toHeaderReferences, type ResponseHeader } from './headers.js';
import type { RegisteredOperation } from './registered-operations.js';
import type { DocumentSchemas } from './schemas.js';

/** Returns the responses of an operation, by status. */
export function toResponses(registered: RegisteredOperation, schemas: DocumentSchemas): JsonSchema {
  const { operation } = registered;
  const responses: Record<string, JsonSchema> = { [operation.status]: toSuccessResponse(registered, schemas) };
  if (hasEtag(operation)) {
    responses['304'] = {
      description: 'Not modified: the `ETag` in `If-None-Match` is still current.',
      headers: toHeaderReferences([...COMMON_HEADERS, 'ETag']),
    };
  }
  for (const [status, codes] of groupByStatus(toProblemCodes(registered)))
    responses[status] = toProblemResponse(status, codes, schemas);
  return responses;
}

function toSuccessResponse({ operation }: RegisteredOperation, schemas: DocumentSchemas): JsonSchema {
  const { reply, status } = operation;
  const headers: ResponseHeader[] = [
    ...COMMON_HEADERS,
    ...(operation.etag || hasEtag(operation) ? (['ETag'] as const) : []),
    ...(operation.idempotent ? (['Idempotency-Replayed'] as const) : []),
    ...(status >= 300 ? (['Location'] as const) : []),
    ...(operation.deprecated ? (['Deprecation', 'Sunset'] as const) : []),
  ];
  const content = reply && {
    [operation.replyMedia ?? 'application/json']: {
      schema: schemas.toReference(reply),
      example: operation.examples?.reply ?? schemas.toExample(reply),
    },
  };
  const plainContent =
    !reply && operation.replyMedia ? { [operation.replyMedia]: { schema: { type: 'string' } } } : undefined;
  return {
    description: reply ? `${reply.name}.` : (STATUS_CODES[status] ?? 'Done.'),
    headers: toHeaderReferences(headers),
    ...(content || plainContent ? { content: content ?? plainContent } : {}),
  };
}

/** Whether a read returns an `ETag`, and 304 for a matching `If-None-Match`. */
export const hasEtag = ({ method, etag, cache }: Operation): boolean => method === 'GET' && Boolean(etag || cache);

/** Returns the codes of the problems that an operation can return. */
export function toProblemCodes({ operation, parameters }: RegisteredOperation): string[] {
  const isChange = operation.method !== 'GET';
  return [
    'invalid_request',
    'malformed_request',
    ...(operation.access === 'public' ? [] : ['unauthorized', 'forbidden']),
    ...(parameters.length > 0 ? ['not_found'] : []),
    ...(operation.reply || operation.replyMedia ? ['not_acceptable'] : []),
    ...(isChange ? ['conflict'] : []),
    ...(operation.idempotent
      ? ['idempotency_in_flight', 'idempotency_key_reused', 'command_reused', 'answer_unreadable']
      : []),
    ...(operation.ifMatch ? ['revision_mismatch'] : []),
    ...((operation.body ?? operation.bodySchema) ? ['body_too_large', 'unsupported_media_type'] : []),
    ...(operation.errors ?? []),
    'rate_limited',
    'internal',
    'deadline_exceeded',
    'unavailable',
  ].filter((code, index, codes) => codes.indexOf(code) === index);
}

function groupByStatus(codes: readonly string[]): Map<number, string[]> {
  const codesByStatus = new Map<number, string[]>();
  for (const code of codes) {
    const { status } = toProblemKind(code);
    codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code]);
  }
  return new Map([...codesByStatus].sort(([a], [b]) => a - b));
}

function toProblemResponse(status: number, codes: readonly string[], schemas: DocumentSchemas): JsonSchema {
  const headers: ResponseHeader[] = [
    ...COMMON_HEADERS,
    ...(status === 401 ? (['WWW-Authenticate'] as const) : []),
    ...(status === 429 || status === 503 ? (['Retry-After'] as const) : []),
  ];
  return {
    description: codes.map((code) => `\`${code}\`: ${toProblemKind(code).meaning}`).join('\n\n'),
    headers: toHeaderReferences(headers),
    content: {
      [PROBLEM_MEDIA]: {
        schema: schemas.toReference(ProblemDetails),
        examples: Object.fromEntries(codes.map((code) => [code, { value: toProblemExample(code, schemas) }])),
      },
    },
  };
}

export function toProblemExample(code: string, schemas: DocumentSchemas): ProblemDetails {
  const { status, title, meaning } = toProblemKind(code);
  const { errors, ...example } = schemas.toExample(ProblemDetails) as ProblemDetails;
  const fieldErrors = code === 'invalid_request' && errors ? { errors } : {};
  return { ...example, type: toProblemType(code), title, status, detail: meaning, code, ...fieldErrors };
}
