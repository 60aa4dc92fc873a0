import type { CallRequestedPayload } from '#libs/contracts/index.js';
import type { TextReason } from '#libs/domain/text-messages/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';

/** The latest question to a customer that is still open. */
export interface OpenQuestion {
  /** Id of the attempt or text that asked the question. */
  readonly askedBy: string;
  readonly organizationId: OrganizationId;
  readonly phone: string;
  /** The latest text that was sent about the same delivery. */
  readonly latestText?: { readonly id: string; readonly reason?: TextReason };
  /** The request of the call that asked the question. For a text, the request of a call that would ask the same. */
  readonly request: CallRequestedPayload;
}
