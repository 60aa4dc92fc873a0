import { parseAnswer, type ConfirmationState } from '#libs/domain/text-messages/index.js';
import type { AskBack, MessageFacts } from '#libs/persistence/schemas/routing/contact-facts.js';
import { findWish, isSameWish, toAskBackId, withoutPastWindow, type Wish } from './ask-back.js';

/** A wish in a customer's text, and whether the customer confirmed it. */
export interface Confirmation {
  /** The first message that contains the wish. The customer may have repeated it. */
  readonly messageId: string;
  readonly wish: Wish;
  readonly state: ConfirmationState;
  /** The text that asks about this wish, if it was requested. */
  readonly askBack?: AskBack;
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
  readonly wish: Wish;
  /** The messages that state the wish, the first one first. Any of them may have been asked back, whichever was known. */
  readonly messages: ReceivedMessage[];
  /** Whether too many wishes were asked back before. */
  readonly isBeyondLimit: boolean;
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
    const statedAt = draft?.messages[0]?.receivedAt ?? '';
    if (draft && decidedAt.some((at) => at > statedAt && (before === undefined || at <= before)))
      draft.isReplaced = true;
  };
  const drafts: Draft[] = [];
  const wishes = new Map<string, Draft>();
  const answers = new Map<string, { isYes: boolean; draft: Draft | undefined }>();
  for (const message of messages) {
    const open = drafts.at(-1);
    replaceIfDecided(open, message.receivedAt);
    const asked = drafts.find((draft) => isAskedBy(draft, message.inReplyTo));
    const isYes = asked && parseAnswer(message.text ?? '', asked.wish.decision);
    if (asked && isYes !== undefined) {
      if (!asked.isReplaced) asked.isConfirmed = isYes;
      answers.set(message.id, { isYes, draft: asked.isReplaced ? undefined : asked });
      continue;
    }
    const wish = message.words && findWish(withoutPastWindow(message.words.instructions, message.receivedAt));
    if (!wish) continue;
    const isOpen = open !== undefined && !open.isReplaced && open.isConfirmed === undefined;
    if (isOpen && isSameWish(open.wish, wish)) {
      open.messages.push(message);
      wishes.set(message.id, open);
      continue;
    }
    if (open) open.isReplaced = true;
    const draft = { wish, messages: [message], isBeyondLimit: drafts.length >= MAX_ASK_BACKS, isReplaced: false };
    drafts.push(draft);
    wishes.set(message.id, draft);
  }
  replaceIfDecided(drafts.at(-1));
  return toTraced(drafts, wishes, answers);
}

const isAskedBy = ({ messages, wish }: Draft, textId: string | undefined): boolean =>
  messages.some(({ id }) => toAskBackId(id, wish) === textId);

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

function toConfirmation(draft: Draft): Confirmation {
  const { wish, messages, isBeyondLimit, isReplaced, isConfirmed } = draft;
  const isUnanswered = isBeyondLimit || messages.some((message) => message.isUnanswered);
  const unansweredState = isUnanswered ? 'unanswered' : 'awaited';
  const answeredState = isConfirmed ? 'confirmed' : 'declined';
  const askBack = messages.map((message) => message.askBack).find((text) => isAskedBy(draft, text?.textId));
  return {
    messageId: messages[0]?.id ?? '',
    wish,
    state: isConfirmed === undefined ? unansweredState : answeredState,
    ...(askBack ? { askBack } : {}),
    isReplaced,
  };
}
