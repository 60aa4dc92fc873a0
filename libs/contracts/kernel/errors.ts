import type { FieldIssue } from '../fields/index.js';

/** Failures that any RPC can return. A contract declares its own expected failures in addition. */
export const RPC_ERROR_CODES = {
  /** The request violates its contract. Nothing was done. */
  invalidRequest: 'invalid_request',
  notFound: 'not_found',
  /** The same `commandId` was used before with another request. */
  commandReused: 'command_reused',
  /** The same document was changed concurrently. Repeat the whole operation. */
  conflict: 'conflict',
  /** `expectedRevision` is not the current revision. Read the document again before changing it. */
  revisionMismatch: 'revision_mismatch',
  /** No replica replied in time. A command may have run: repeat it with the same `commandId`. */
  deadlineExceeded: 'deadline_exceeded',
  /** No replica is available. Nothing was done. */
  unavailable: 'unavailable',
  internal: 'internal',
} as const;

/**
 * A failure with a code that is passed from one app to another. A use case throws it to fail an RPC with that code; the
 * caller receives an equal error. Callers must match on `code`, never on the message.
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

/**
 * Creates a `not_found` error: the organization has no such document.
 * @param documentType as named in the message, for example `delivery`
 */
export function createNotFoundError(documentType: string, id: string): CodedError {
  return new CodedError(RPC_ERROR_CODES.notFound, `No ${documentType} with id ${id} in this organization.`);
}
