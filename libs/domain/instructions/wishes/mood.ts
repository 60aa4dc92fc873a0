import { findValue, type Phrase } from '../text/find-phrase.js';
import type { Found, Sentiment } from '../model/types.js';

const NEGATIVE: readonly Phrase[] = [
  [
    /\b(angry|furious|mad at|upset|annoyed|annoying|fed up|sick (and tired )?of|unacceptable|outrageous|ridiculous|disgusting|disgrace|terrible|awful|horrible|worst|useless|incompetent|pathetic|a joke|fuming)\b/g,
    0.85,
  ],
  [
    /\b(disappointed|disappointing|frustrat(ed|ing)|not happy|unhappy|complain(t|ing)?|never (ordering|buying|using)( \w+){0,3} again|last time you (lost|broke|damaged|left)|(second|third|fourth) time (this|in a row|you))\b/g,
    0.8,
  ],
  [
    /\b(enojad[oa]|molest[oa]s? con|furios[oa]|hart[oa] de|inaceptable|pesim[oa]|terrible|horrible|vergüenza|verguenza|decepcionad[oa]|queja|quejarme|una burla)\b/g,
    0.85,
  ],
];
const POSITIVE: readonly Phrase[] = [
  [
    /\b(thank you (so|very) much|thanks (so much|a lot|a million|a bunch)|many thanks|you('re| are) (the best|great|amazing|wonderful|a star|a lifesaver)|(great|excellent|amazing|wonderful|fantastic|lovely|brilliant) (service|job|driver|work)|really appreciate|much appreciated|appreciate (it|you|the|your)|so (happy|glad|excited|grateful)|love (it|your|the) \w+|can't wait)\b/g,
    0.8,
  ],
  [
    /\b(muchas gracias|mil gracias|muy amables?|excelente servicio|buen servicio|se (lo|los) agradezco|encantad[oa]|que bueno)\b/g,
    0.8,
  ],
];
const URGENT: readonly Phrase[] = [
  [
    /\b(urgent(ly)?|emergency|asap|as soon as possible|right away|straight away|immediately|time[- ]sensitive|desperate(ly)?|(need|needs|have|must have)( \w+){0,4} (right now|today no matter what|by tonight|this morning or)|can't wait (until|till|any longer)|it('s| is) (my |her |his |the )?(medicine|medication|insulin)|run(ning)? out of (my |her |his )?(medicine|medication|insulin|pills|formula|oxygen))\b/g,
    0.85,
  ],
  [
    /\b(urgente(mente)?|emergencia|lo antes posible|cuanto antes|de inmediato|inmediatamente|medicinas?|medicamentos?|insulina)\b/g,
    0.82,
  ],
];

/** How the customer sounds by their words; of both the complaint, since nobody thanks for what they complain of. */
export function findSentiment(text: string, folded: string): Found<Sentiment> | null {
  return (
    findValue<Sentiment>(text, folded, 'negative', NEGATIVE) ?? findValue<Sentiment>(text, folded, 'positive', POSITIVE)
  );
}

/** That it cannot wait. */
export const findUrgency = (text: string, folded: string): Found<true> | null =>
  findValue<true>(text, folded, true, URGENT);
