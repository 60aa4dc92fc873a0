import type { CallRequestedPayload } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';

/** The latest question to a customer that is still open. */
export interface OpenQuestion {
  /** Id of the attempt or text that asked the question. */
  readonly askedBy: string;
  readonly organizationId: OrganizationId;
  readonly phone: string;
  /** The request of the call that asked the question. For a text, the request of a call that would ask the same. */
  readonly request: CallRequestedPayload;
}
