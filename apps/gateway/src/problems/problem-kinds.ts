/** One kind of failure, as clients meet it: the last part of its `type`, its status, and what to do about it. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** When it comes and what to do, for the reference. */
  readonly meaning: string;
}

const kind = (status: number, title: string, meaning: string): ProblemKind => ({ status, title, meaning });

/**
 * The kinds of problems that any operation may answer. A code that is not here belongs to the contract of one operation:
 * the owner understood the request and refused it, which is 422.
 */
export const PROBLEM_KINDS: Readonly<Record<string, ProblemKind>> = {
  invalid_request: kind(
    400,
    'The request does not fit its contract',
    'Every wrong field is named in `errors`. Mend them all and send it again.',
  ),
  malformed_request: kind(
    400,
    'The request cannot be read',
    'The JSON, the path’s encoding or the request itself is broken.',
  ),
  unauthorized: kind(
    401,
    'Not authenticated',
    'Send `Authorization: Bearer` with a valid API key or access token; refresh an expired one.',
  ),
  sign_in_failed: kind(401, 'Not signed in', 'E-mail address or password is wrong; which of them is not told.'),
  session_ended: kind(401, 'Session over', 'The refresh token is worth nothing (any more). Sign in again.'),
  forbidden: kind(
    403,
    'Not allowed',
    'The role or the key’s scopes do not include the permission the operation names.',
  ),
  not_found: kind(
    404,
    'Not found',
    'There is nothing with this id in your organization. What belongs to another answers the same.',
  ),
  unknown_path: kind(404, 'No such path', 'Compare the path with the reference.'),
  method_not_allowed: kind(405, 'This path has other methods', 'The header `Allow` names them.'),
  not_acceptable: kind(
    406,
    'No acceptable representation',
    'Accept `application/json`, or what the operation answers with.',
  ),
  request_timeout: kind(408, 'The request took too long to arrive', 'Send it again, faster.'),
  conflict: kind(409, 'Changed meanwhile', 'Somebody changed the same thing at the same moment. Read it and repeat.'),
  plan_changed: kind(409, 'The plan would come out otherwise by now', 'Preview again, and commit what you see then.'),
  deliveries_open: kind(409, 'Deliveries are open', 'Cancel them or wait until they are done, then repeat it.'),
  phone_taken: kind(409, 'Another customer has this number', 'Change the customer who has it.'),
  idempotency_in_flight: kind(
    409,
    'The same request is being answered',
    'A request with this `Idempotency-Key` has not been answered yet. Repeat it after a moment.',
  ),
  answer_unreadable: kind(
    409,
    'Done before, its answer is gone',
    'The request with this `Idempotency-Key` had its effect, but its answer was sealed and the secret has been replaced ' +
      'since. Look for what it made; if a secret was shown in it, make another.',
  ),
  revision_mismatch: kind(
    412,
    'Not the revision that was read',
    '`If-Match` names an older revision. Read the resource again and decide anew.',
  ),
  body_too_large: kind(413, 'The body is too large', 'Split it.'),
  unsupported_media_type: kind(
    415,
    'This media type is not understood',
    'Send `content-type: application/json`, or another type the operation names.',
  ),
  idempotency_key_reused: kind(
    422,
    'The Idempotency-Key was used for another request',
    'A key stands for one request: the same method, path and body. Take a new one for another.',
  ),
  command_reused: kind(
    422,
    'The Idempotency-Key was used for another request',
    'A key stands for one request. Take a new one for another body.',
  ),
  rate_limited: kind(429, 'Too many requests', 'Wait for `Retry-After` seconds, then go on slower.'),
  too_many_tries: kind(
    429,
    'Too many tries',
    'Signing in failed too often from this network. Wait for `Retry-After` seconds; nobody is locked out for good.',
  ),
  headers_too_large: kind(431, 'The headers are too large', 'Send fewer or shorter headers.'),
  internal: kind(
    500,
    'Something broke',
    'It is logged under `traceId`. Repeat it with the same `Idempotency-Key`; name the trace when you ask for help.',
  ),
  deadline_exceeded: kind(
    503,
    'No answer in time',
    'It may have happened: repeat it after `Retry-After` with the same `Idempotency-Key`.',
  ),
  unavailable: kind(503, 'Part of the service is away', 'Nothing was done. Repeat it after `Retry-After`.'),
};

const REFUSED: ProblemKind = kind(422, 'Refused', 'The request was understood and refused; `detail` says why.');

/** The kind of a code; a code of one operation alone is a refusal. */
export const kindOf = (code: string): ProblemKind => PROBLEM_KINDS[code] ?? REFUSED;

const TYPE_BASE = 'urn:delauto:problem:';

/** The stable `type` of a problem; the reference explains each at `/docs/problems`. */
export const typeOf = (code: string): string => `${TYPE_BASE}${code}`;
