import type { InboundMessage } from '#libs/ports/voice-carrier.js';

/** Opt-out keywords of North American carriers (CTIA), and their Spanish counterparts. */
const KEYWORDS: Readonly<Record<NonNullable<InboundMessage['keyword']>, readonly string[]>> = {
  stop: ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout', 'alto', 'parar', 'baja'],
  start: ['start', 'unstop', 'yes', 'si', 'sí', 'alta'],
  help: ['help', 'info', 'ayuda'],
};

/** Words that revoke a STOP if the number is suppressed. Otherwise they answer a question and are not keywords. */
const AFFIRMATIONS: readonly string[] = ['yes', 'si', 'sí'];

/**
 * Returns the keyword if it is the whole text message.
 * @param isSuppressed whether the number sent STOP before
 */
export function parseKeyword(
  body: string,
  { isSuppressed }: { readonly isSuppressed: boolean },
): InboundMessage['keyword'] {
  const word = body
    .trim()
    .replace(/[.!]+$/, '')
    .toLowerCase();
  if (!isSuppressed && AFFIRMATIONS.includes(word)) return undefined;
  for (const [keyword, words] of Object.entries(KEYWORDS)) {
    if (words.includes(word)) return keyword as NonNullable<InboundMessage['keyword']>;
  }
  return undefined;
}
