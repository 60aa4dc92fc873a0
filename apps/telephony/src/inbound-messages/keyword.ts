import type { InboundMessage } from '#libs/ports/voice-carrier.js';

/** The words that carriers in North America treat alike (CTIA), and their Spanish counterparts. */
const WORDS: Readonly<Record<NonNullable<InboundMessage['keyword']>, readonly string[]>> = {
  stop: ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout', 'alto', 'parar', 'baja'],
  start: ['start', 'unstop', 'yes', 'si', 'sí', 'alta'],
  help: ['help', 'info', 'ayuda'],
};

/** These take a STOP back, and are an answer from anybody else. */
const AGREEMENTS: readonly string[] = ['yes', 'si', 'sí'];

/**
 * What a text message asks for when it is a keyword and nothing else.
 * @param isSuppressed the number said STOP before
 */
export function keywordOf(
  body: string,
  { isSuppressed }: { readonly isSuppressed: boolean },
): InboundMessage['keyword'] {
  const word = body
    .trim()
    .replace(/[.!]+$/, '')
    .toLowerCase();
  if (!isSuppressed && AGREEMENTS.includes(word)) return undefined;
  for (const [keyword, words] of Object.entries(WORDS)) {
    if (words.includes(word)) return keyword as NonNullable<InboundMessage['keyword']>;
  }
  return undefined;
}
