import type { FieldIssue } from '../fields/index.js';

/** Failures any RPC can have; a contract adds its own expected ones. */
export const RPC_ERROR_CODES = {
  /** The request does not fit its contract; nothing was done. */
  invalidRequest: 'invalid_request',
  notFound: 'not_found',
  /** The same `commandId` was used before with another request. */
  commandReused: 'command_reused',
  /** Somebody else changed the same thing at the same time; repeat the whole operation. */
  conflict: 'conflict',
  /** The caller changes something it has not seen as it stands now: read it again, then decide. */
  revisionMismatch: 'revision_mismatch',
  /** No replica answered in time; a command may or may not have happened: repeat it with the same `commandId`. */
  deadlineExceeded: 'deadline_exceeded',
  /** No replica is there; nothing was done. */
  unavailable: 'unavailable',
  internal: 'internal',
} as const;

/**
 * A coded failure that crosses an app's border. Throw it from a use case to answer an RPC with that code; the caller
 * receives an equal one. Nothing may match on its message.
 */
export class CodedError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: { readonly issues?: readonly FieldIssue[]; readonly retryAfterMs?: number } = {},
  ) {
    super(message);
    this.name = 'CodedError';
  }
}

/** What asked for does not exist in this organisation. */
export function notFound(what: string, id: string): CodedError {
  return new CodedError(RPC_ERROR_CODES.notFound, `No ${what} with id ${id} in this organisation.`);
}
