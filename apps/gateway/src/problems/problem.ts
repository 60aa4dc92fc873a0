import type { FieldIssue } from '#libs/contracts/index.js';
import { kindOf } from './problem-kinds.js';

/** What a problem may say beside its code and detail. */
export interface ProblemExtras {
  readonly issues?: readonly FieldIssue[];
  readonly retryAfterSeconds?: number;
  /** The methods a path does have. */
  readonly allow?: readonly string[];
}

/** What a client is told when something goes wrong: problem details by RFC 9457. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    /** Stable; clients may match on it. */
    readonly code: string,
    readonly title: string,
    override readonly message: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(message);
    this.name = 'Problem';
  }

  /** A problem of a kind that is named in `PROBLEM_KINDS`, or of one operation alone. */
  static of(code: string, detail: string, extras: ProblemExtras = {}): Problem {
    const { status, title } = kindOf(code);
    return new Problem(status, code, title, detail, extras);
  }

  static unauthorized(): Problem {
    return Problem.of('unauthorized', 'Send "Authorization: Bearer" with a valid API key or access token.');
  }

  static forbidden(): Problem {
    return Problem.of('forbidden', 'This key or token may not do this.');
  }

  static invalid(issues: readonly FieldIssue[]): Problem {
    return Problem.of('invalid_request', issues.map((issue) => issue.message).join('; '), { issues });
  }
}
