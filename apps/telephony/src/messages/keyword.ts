import type { InboundMessage } from '#libs/ports/voice-carrier.js';

/** The words that carriers in North America treat alike (CTIA), and their Spanish counterparts. */
const WORDS: Readonly<Record<NonNullable<InboundMessage['keyword']>, readonly string[]>> = {
  stop: ['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout', 'alto', 'parar', 'baja'],
  start: ['start', 'unstop', 'yes', 'si', 'sí', 'alta'],
  help: ['help', 'info', 'ayuda'],
};

/** What a text message asks for when it is a keyword and nothing else. */
export function keywordOf(body: string): InboundMessage['keyword'] {
  const word = body
    .trim()
    .replace(/[.!]+$/, '')
    .toLowerCase();
  for (const [keyword, words] of Object.entries(WORDS)) {
    if (words.includes(word)) return keyword as NonNullable<InboundMessage['keyword']>;
  }
  return undefined;
}
