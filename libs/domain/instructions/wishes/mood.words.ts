import { pattern, wholeWords } from '../text/patterns.js';
import type { Phrase } from '../text/find-phrase.js';

const ANGRY_EN = ['angry', 'furious', 'mad at', 'upset', 'annoyed', 'annoying', 'fed up'] as const;
const OUTRAGED_EN = [
  /sick (and tired )?of/,
  'unacceptable',
  'outrageous',
  'ridiculous',
  'disgusting',
  'disgrace',
] as const;
const SCORNFUL_EN = [
  'terrible',
  'awful',
  'horrible',
  'worst',
  'useless',
  'incompetent',
  'pathetic',
  'a joke',
  'fuming',
] as const;
const DISAPPOINTED_EN = [
  'disappointed',
  'disappointing',
  /frustrat(ed|ing)/,
  'not happy',
  'unhappy',
  /complain(t|ing)?/,
  /never (ordering|buying|using)( \w+){0,3} again/,
  /last time you (lost|broke|damaged|left)/,
  /(second|third|fourth) time (this|in a row|you)/,
] as const;
const ANGRY_ES = [
  /enojad[oa]/,
  /molest[oa]s? con/,
  /furios[oa]/,
  /hart[oa] de/,
  'inaceptable',
  /pesim[oa]/,
  'terrible',
  'horrible',
  'vergüenza',
  'verguenza',
  /decepcionad[oa]/,
  'queja',
  'quejarme',
  'una burla',
] as const;

/** Phrases of complaint. */
export const NEGATIVE: readonly Phrase[] = [
  [wholeWords([...ANGRY_EN, ...OUTRAGED_EN, ...SCORNFUL_EN]), 0.85],
  [wholeWords(DISAPPOINTED_EN), 0.8],
  [wholeWords(ANGRY_ES), 0.85],
];

const GREAT_EN = ['great', 'excellent', 'amazing', 'wonderful', 'fantastic', 'lovely', 'brilliant'] as const;
const GRATEFUL_EN = [
  /thank you (so|very) much/,
  /thanks (so much|a lot|a million|a bunch)/,
  'many thanks',
  /you('re| are) (the best|great|amazing|wonderful|a star|a lifesaver)/,
  pattern`${GREAT_EN} (service|job|driver|work)`,
  'really appreciate',
  'much appreciated',
  /appreciate (it|you|the|your)/,
  /so (happy|glad|excited|grateful)/,
  /love (it|your|the) \w+/,
  "can't wait",
] as const;
const GRATEFUL_ES = [
  'muchas gracias',
  'mil gracias',
  /muy amables?/,
  'excelente servicio',
  'buen servicio',
  /se (lo|los) agradezco/,
  /encantad[oa]/,
  'que bueno',
] as const;

/** Phrases of thanks and praise. */
export const POSITIVE: readonly Phrase[] = [
  [wholeWords(GRATEFUL_EN), 0.8],
  [wholeWords(GRATEFUL_ES), 0.8],
];

const SOON_EN = [
  /urgent(ly)?/,
  'emergency',
  'asap',
  'as soon as possible',
  'right away',
  'straight away',
  'immediately',
  /time[- ]sensitive/,
  /desperate(ly)?/,
] as const;
const MEDICINE_EN = ['medicine', 'medication', 'insulin'] as const;
const NEEDED_NOW_EN = [
  /(need|needs|have|must have)( \w+){0,4} (right now|today no matter what|by tonight|this morning or)/,
  /can't wait (until|till|any longer)/,
  pattern`it('s| is) (my |her |his |the )?${MEDICINE_EN}`,
  pattern`run(ning)? out of (my |her |his )?${[...MEDICINE_EN, 'pills', 'formula', 'oxygen']}`,
] as const;
const SOON_ES = [
  /urgente(mente)?/,
  'emergencia',
  'lo antes posible',
  'cuanto antes',
  'de inmediato',
  'inmediatamente',
  /medicinas?/,
  /medicamentos?/,
  'insulina',
] as const;

/** Phrases of urgency. */
export const URGENT: readonly Phrase[] = [
  [wholeWords([...SOON_EN, ...NEEDED_NOW_EN]), 0.85],
  [wholeWords(SOON_ES), 0.82],
];
