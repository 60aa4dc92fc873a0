/** A problem type: its status, its title, and what clients should do about it. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** When the problem occurs and what the client should do. The API reference shows it. */
  readonly meaning: string;
}

const createKind = (status: number, title: string, meaning: string): ProblemKind => ({ status, title, meaning });

/**
 * Problem types by code, the last part of `type`. A code that is not listed is specific to one operation:
 * the app that owns the operation understood the request and refused it, so the status is 422.
 */
export const PROBLEM_KINDS: Readonly<Record<string, ProblemKind>> = {
  invalid_request: createKind(
    400,
    'The request is invalid',
    '`errors` lists all invalid fields. Correct them and send the request again.',
  ),
  malformed_request: createKind(
    400,
    'The request cannot be read',
    'The JSON, the path’s encoding or the request itself is broken.',
  ),
  unauthorized: createKind(
    401,
    'Not authenticated',
    'Send `Authorization: Bearer` with a valid API key or access token; refresh an expired one.',
  ),
  sign_in_failed: createKind(
    401,
    'Not signed in',
    'E-mail address or password is wrong. The response does not say which.',
  ),
  session_ended: createKind(401, 'Session ended', 'The refresh token is invalid or no longer valid. Sign in again.'),
  forbidden: createKind(
    403,
    'Not allowed',
    'The caller’s role or the key’s scopes do not include the permission that the operation requires.',
  ),
  not_found: createKind(
    404,
    'Not found',
    'Your organization has no resource with this id. Resources of other organizations get the same response.',
  ),
  unknown_path: createKind(404, 'No such path', 'Compare the path with the reference.'),
  method_not_allowed: createKind(405, 'Method not allowed', 'The header `Allow` lists the methods of this path.'),
  not_acceptable: createKind(
    406,
    'No acceptable representation',
    'Accept `application/json`, or the media type that the operation returns.',
  ),
  request_timeout: createKind(408, 'The request took too long to arrive', 'Send it again, faster.'),
  conflict: createKind(
    409,
    'Concurrent change',
    'Another request changed the resource at the same time. Read it again and repeat.',
  ),
  plan_changed: createKind(
    409,
    'The plan has changed',
    'Planning now gives a different plan. Preview again and commit the new plan.',
  ),
  deliveries_open: createKind(
    409,
    'Open deliveries',
    'The customer has open deliveries. Cancel them or wait until they end, then repeat the request.',
  ),
  phone_taken: createKind(409, 'Another customer has this phone number', 'Update that customer instead.'),
  idempotency_in_flight: createKind(
    409,
    'The first request is in progress',
    'A request with this `Idempotency-Key` has not been answered yet. Repeat the request in a moment.',
  ),
  answer_unreadable: createKind(
    409,
    'The stored response cannot be read',
    'The request with this `Idempotency-Key` took effect, but its response was sealed with a secret that has been replaced ' +
      'since. Look up the created resource; if the response contained a secret, create a new one.',
  ),
  revision_mismatch: createKind(
    412,
    'Revision mismatch',
    '`If-Match` names an older revision. Read the resource again and decide whether to repeat the change.',
  ),
  body_too_large: createKind(413, 'The body is too large', 'Split the request.'),
  unsupported_media_type: createKind(
    415,
    'Unsupported media type',
    'Send `content-type: application/json`, or another media type that the operation accepts.',
  ),
  idempotency_key_reused: createKind(
    422,
    'The Idempotency-Key was used for another request',
    'A key identifies one request: the same method, path and body. Use a new key for another request.',
  ),
  command_reused: createKind(
    422,
    'The Idempotency-Key was used for another request',
    'A key identifies one request. Use a new key for another body.',
  ),
  rate_limited: createKind(429, 'Too many requests', 'Wait for `Retry-After` seconds, then send requests more slowly.'),
  too_many_tries: createKind(
    429,
    'Too many attempts',
    'Signing in failed too often from this network. Wait for `Retry-After` seconds. Accounts are never locked permanently.',
  ),
  headers_too_large: createKind(431, 'The headers are too large', 'Send fewer or shorter headers.'),
  internal: createKind(
    500,
    'Internal error',
    'The error is logged under `traceId`. Repeat the request with the same `Idempotency-Key`. Include `traceId` when you ' +
      'ask for help.',
  ),
  deadline_exceeded: createKind(
    503,
    'Timeout',
    'The request may have taken effect. Repeat it after `Retry-After` seconds with the same `Idempotency-Key`.',
  ),
  unavailable: createKind(
    503,
    'Service unavailable',
    'The request had no effect. Repeat it after `Retry-After` seconds.',
  ),
};

const REFUSED: ProblemKind = createKind(422, 'Refused', 'The request was understood and refused; `detail` says why.');

/** Returns the problem type of a code. Codes of a single operation are refusals (422). */
export const toProblemKind = (code: string): ProblemKind => PROBLEM_KINDS[code] ?? REFUSED;

const TYPE_PREFIX = 'urn:delauto:problem:';

/** Returns the stable `type` URN of a code. The reference explains each type at `/docs/problems`. */
export const toProblemType = (code: string): string => `${TYPE_PREFIX}${code}`;
