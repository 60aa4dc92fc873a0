import { parseAnswer, type ConfirmationState } from '#libs/domain/text-messages/index.js';
import type { MessageFacts } from '#libs/persistence/schemas/routing/contact-facts.js';
import { findWish, isSameWish, toAskBackId, withoutPastWindow, type Wish } from './ask-back.js';

/** A wish in a customer's text, and whether the customer confirmed it. */
export interface Confirmation {
  /** The message that contains the wish. */
  readonly messageId: string;
  readonly wish: Wish;
  readonly askBackId: string;
  readonly state: ConfirmationState;
  /** Whether a later wish or call replaced it. */
  readonly isReplaced: boolean;
}

/** What one message means for the confirmations. */
export type MessageRole =
  | { readonly kind: 'wish'; readonly confirmation: Confirmation }
  /** A clear yes or no. `confirmation` is absent if a newer wish had replaced the one that the text asked about. */
  | { readonly kind: 'answer'; readonly isYes: boolean; readonly confirmation?: Confirmation };

export interface TracedConfirmations {
  readonly roles: ReadonlyMap<string, MessageRole>;
  /** The confirmation of the latest wish. */
  readonly latest?: Confirmation;
}

/** A message whose time is known. */
export interface ReceivedMessage extends MessageFacts {
  readonly id: string;
  readonly receivedAt: string;
}

interface Draft {
  readonly messageId: string;
  readonly wish: Wish;
  readonly askBackId: string;
  readonly receivedAt: string;
  readonly isUnanswered: boolean;
  isReplaced: boolean;
  isConfirmed?: boolean;
}

/** Maximum number of ask-backs for one plan of a delivery. A dispatcher decides on further wishes. */
const MAX_ASK_BACKS = 3;

/**
 * Traces which wishes the customer confirmed. A yes or no counts only as the reply to the text that asked about that
 * wish, while no newer wish had replaced it; the latest answer counts. A pure function of the messages, so that the
 * result does not depend on the order in which they were reported.
 * @param messages the messages about the current window, in the order in which they were received
 * @param decidedAt when the customer decided in calls, ISO 8601; a decision replaces the wishes before it
 */
export function traceConfirmations(
  messages: readonly ReceivedMessage[],
  decidedAt: readonly string[],
): TracedConfirmations {
  const replaceIfDecided = (draft: Draft | undefined, before?: string): void => {
    if (!draft || !decidedAt.some((at) => at > draft.receivedAt && (before === undefined || at <= before))) return;
    draft.isReplaced = true;
  };
  const drafts: Draft[] = [];
  const wishes = new Map<string, Draft>();
  const answers = new Map<string, { isYes: boolean; draft: Draft | undefined }>();
  for (const message of messages) {
    const open = drafts.at(-1);
    replaceIfDecided(open, message.receivedAt);
    const asked = drafts.find(({ askBackId }) => askBackId === message.inReplyTo);
    const isYes = asked && parseAnswer(message.text ?? '', asked.wish.decision);
    if (asked && isYes !== undefined) {
      if (!asked.isReplaced) asked.isConfirmed = isYes;
      answers.set(message.id, { isYes, draft: asked.isReplaced ? undefined : asked });
      continue;
    }
    const wish = message.words && findWish(withoutPastWindow(message.words.instructions, message.receivedAt));
    if (!wish) continue;
    const isOpen = open !== undefined && !open.isReplaced && open.isConfirmed === undefined;
    if (!isOpen || !isSameWish(open.wish, wish)) {
      if (open) open.isReplaced = true;
      drafts.push(toDraft(message, wish, drafts.length));
    }
    const draft = drafts.at(-1);
    if (draft) wishes.set(message.id, draft);
  }
  replaceIfDecided(drafts.at(-1));
  return toTraced(drafts, wishes, answers);
}

const toDraft = (message: ReceivedMessage, wish: Wish, earlierWishes: number): Draft => ({
  messageId: message.id,
  wish,
  askBackId: toAskBackId(message.id, wish),
  receivedAt: message.receivedAt,
  isUnanswered: message.isUnanswered === true || earlierWishes >= MAX_ASK_BACKS,
  isReplaced: false,
});

function toTraced(
  drafts: readonly Draft[],
  wishes: ReadonlyMap<string, Draft>,
  answers: ReadonlyMap<string, { readonly isYes: boolean; readonly draft: Draft | undefined }>,
): TracedConfirmations {
  const confirmations = new Map(drafts.map((draft) => [draft, toConfirmation(draft)]));
  const roles = new Map<string, MessageRole>();
  for (const [id, draft] of wishes) {
    const confirmation = confirmations.get(draft);
    if (confirmation) roles.set(id, { kind: 'wish', confirmation });
  }
  for (const [id, { isYes, draft }] of answers) {
    const confirmation = draft && confirmations.get(draft);
    roles.set(id, { kind: 'answer', isYes, ...(confirmation ? { confirmation } : {}) });
  }
  const last = drafts.at(-1);
  const latest = last && !(last.isReplaced && last.isConfirmed === undefined) ? confirmations.get(last) : undefined;
  return { roles, ...(latest ? { latest } : {}) };
}

function toConfirmation({ messageId, wish, askBackId, isUnanswered, isReplaced, isConfirmed }: Draft): Confirmation {
  const unanswered = isUnanswered ? 'unanswered' : 'awaited';
  const state = isConfirmed === undefined ? unanswered : isConfirmed ? 'confirmed' : 'declined';
  return { messageId, wish, askBackId, isReplaced, state };
}
