import type { FieldIssue } from '#libs/contracts/index.js';
import { toProblemKind } from './problem-kinds.js';

/** Optional parts of a problem. */
export interface ProblemExtras {
  readonly issues?: readonly FieldIssue[];
  readonly retryAfterSeconds?: number;
  /** The HTTP methods that the path supports, for the `Allow` header. */
  readonly allow?: readonly string[];
}

/** An error that the client receives as problem details (RFC 9457). */
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

  /** Creates a problem by its code: one of `PROBLEM_KINDS`, or a code of a single operation. */
  static of(code: string, detail: string, extras: ProblemExtras = {}): Problem {
    const { status, title } = toProblemKind(code);
    return new Problem(status, code, title, detail, extras);
  }

  static unauthorized(): Problem {
    return Problem.of('unauthorized', 'Send "Authorization: Bearer" with a valid API key or access token.');
  }

  static forbidden(): Problem {
    return Problem.of('forbidden', 'This key or token does not have the required permission.');
  }

  static invalid(issues: readonly FieldIssue[]): Problem {
    return Problem.of('invalid_request', issues.map((issue) => issue.message).join('; '), { issues });
  }
}
