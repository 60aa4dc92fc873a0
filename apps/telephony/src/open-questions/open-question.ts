import type { CallRequestedPayload } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';

/** What a customer was last asked and may still answer. */
export interface OpenQuestion {
  /** Of the attempt or the text that asked. */
  readonly askedBy: string;
  readonly organizationId: OrganizationId;
  readonly phone: string;
  /** The call that asked, or one that would ask the same. */
  readonly request: CallRequestedPayload;
}
