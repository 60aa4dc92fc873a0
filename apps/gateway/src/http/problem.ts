import type { FieldIssue } from '#libs/contracts/index.js';

/** What a client is told when something goes wrong: problem details by RFC 9457. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    /** Stable; clients may match on it. */
    readonly code: string,
    readonly title: string,
    override readonly message: string,
    readonly extras: { readonly issues?: readonly FieldIssue[]; readonly retryAfterSeconds?: number } = {},
  ) {
    super(message);
    this.name = 'Problem';
  }

  static unauthorized(): Problem {
    return new Problem(
      401,
      'unauthorized',
      'Not authenticated',
      'Send "Authorization: Bearer" with a valid API key or access token.',
    );
  }

  static forbidden(): Problem {
    return new Problem(403, 'forbidden', 'Not allowed', 'This key or token may not do this.');
  }

  static invalid(issues: readonly FieldIssue[]): Problem {
    return new Problem(
      400,
      'invalid_request',
      'The request does not fit its contract',
      issues.map((issue) => issue.message).join('; '),
      { issues },
    );
  }
}
