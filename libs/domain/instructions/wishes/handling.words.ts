import { pattern, toGlobal, wholeWords } from '../text/patterns.js';
import type { Phrase } from '../text/find-phrase.js';
import type { Handling } from '../model/types.js';

const FRAGILE_EN = [
  'fragile',
  'breakable',
  'delicate',
  /(contains|there's|there is|it has) (\w+ )?(glass|china|porcelain|ceramics?)/,
  /handle (it )?(with care|carefully|gently)/,
  /(be )?careful with (it|the (parcel|package|box))/,
  "it's glass",
  'made of glass',
  /don't (drop|throw|toss) it/,
] as const;
const FRAGILE_ES = ['fragil', /delicad[oa]/, 'con cuidado'] as const;

const SIGNATURE_EN = ['signature', /sign for (it|the)/, /need(s)? to (be )?sign(ed)?/, /get (it|this) signed/] as const;
const SIGNATURE_ES = [/firma(r|do)?/] as const;

const LEAVE_IT_EN = /(leave|drop|put) (it|the (parcel|package|box)|anything|this|them)/;
const UNATTENDED_EN = [
  'outside',
  'unattended',
  'alone',
  'there',
  'anywhere',
  /if (nobody|no one|i'm not)/,
  'without',
  /out ?front/,
  /on the (porch|street|doorstep|steps)/,
  'at the door',
  'in the open',
] as const;
const DO_NOT_JUST_EN = /(do not|don't|never|please don't) (just )?/;
const DO_NOT_LEAVE_EN = pattern`\b${DO_NOT_JUST_EN}${LEAVE_IT_EN}( \w+){0,2} ${UNATTENDED_EN}\b`;
const TO_ME_EN = [
  /\b(hand|give) (it )?(directly |personally |only )?to (me|us) (personally|directly|in person|only)\b/,
  /\b(only|directly) to me\b/,
  /\bhand (it|the (parcel|package)) (over )?((directly |personally )?to (me|us)|in person)\b/,
  /\bmust be handed\b/,
  /\b(must|should|can)( ?not|n't| never) be left (alone|unattended|outside)\b/,
] as const;
const DO_NOT_LEAVE_ES = [
  /\bno (lo|la) deje(n)? (afuera|fuera|sol[oa]|en la calle|sin|si no|en la puerta)\b/,
  /\ben persona\b/,
] as const;

/** "Don't leave without ringing" asks to ring. */
const WITHOUT_EN = /(?<!\b(leave|go|drive off|come in)( it| away)? )without/;
const DO_NOT_EN = ['do not', "don't", "please don't", 'never', 'no need to', WITHOUT_EN, 'no'] as const;
const BELL_EN = /(door ?bell|bell|buzzer)/;
/** Speech recognizers write "wring" for "ring". */
const RINGING_EN = [
  pattern`(use|press|touch)(?= (the |my |our )?${BELL_EN})`,
  /w?ring(ing)?/,
  /knock(ing)?/,
  /buzz(ing)?/,
  'bang',
] as const;
/** "Don't ring me" and "don't knock before nine" allow to ring. */
const NOT_AT_THE_DOOR_EN = ['me', 'us', 'after', 'before', 'on my', /my (cell|phone)/] as const;
const AT_THE_DOOR_EN = pattern`( (the|on the|my|our))*( (door ?bell|bell|buzzer|door))?\b(?! ${NOT_AT_THE_DOOR_EN})`;
const DO_NOT_RING_EN = pattern`\b${DO_NOT_EN} (\w+ )?${RINGING_EN}${AT_THE_DOOR_EN}`;
const SLEEPING_EN = [
  /\b(baby|kid|kids|child|toddler|newborn)('s| is| are|'ll be| will be) (sleeping|asleep|napping|nap)\b/,
  /\b(i|we) (work|am working|sleep) (nights|days|during the day)\b/,
  /\bbell (is|'s)? ?(broken|not working|doesn't work)\b/,
] as const;

const RING = [
  /\b(w?ring|press|use|push|hit|try) (the |my |our )?(door ?bell|bell|buzzer)\b/,
  /\bring twice\b/,
  /\b(don't|do not|never) (leave|go)( it| away)? without w?ringing\b/,
  /\btoque(n)? el timbre\b/,
] as const;

const OTHER_EN = [
  /keep (it )?(upright|cold|cool|dry|level|out of the (sun|rain|heat))/,
  /this (side|way) up/,
  /refrigerat\w+/,
  /in (a|the) (fridge|cooler|plastic bag)/,
  /cover (it|the)/,
  /out of (the )?(sight|view|sun|rain)/,
  'perishable',
  'frozen food',
  /(nobody|no one) (can |will )?sees? it/,
  'hide it',
  'photo',
  'take a picture',
  /(send|text) (me )?a (photo|picture)/,
] as const;
const OTHER_ES = ['fuera de la vista', 'tome una foto'] as const;

export interface HandlingPhrases {
  readonly handling: Handling;
  readonly phrases: readonly Phrase[];
  /** Whether the phrases also count right after a negation. */
  readonly allowNegated: boolean;
}

export const HANDLING_PHRASES: readonly HandlingPhrases[] = [
  { handling: 'fragile', phrases: [[wholeWords([...FRAGILE_EN, ...FRAGILE_ES]), 0.88]], allowNegated: true },
  { handling: 'signature', phrases: [[wholeWords([...SIGNATURE_EN, ...SIGNATURE_ES]), 0.82]], allowNegated: false },
  {
    handling: 'leave_unattended_forbidden',
    phrases: [
      [toGlobal(DO_NOT_LEAVE_EN), 0.88],
      [/\b(do not|don't) leave (it|the (parcel|package))$/g, 0.85],
      [toGlobal(pattern`${TO_ME_EN}`), 0.85],
      [toGlobal(pattern`${DO_NOT_LEAVE_ES}`), 0.85],
    ],
    allowNegated: true,
  },
  {
    handling: 'do_not_ring',
    phrases: [
      [toGlobal(DO_NOT_RING_EN), 0.88],
      [toGlobal(pattern`${SLEEPING_EN}`), 0.7],
      [/\bno (toque|toquen|timbre)( el timbre| la puerta)?\b/g, 0.88],
    ],
    allowNegated: true,
  },
  { handling: 'ring_bell', phrases: [[toGlobal(pattern`${RING}`), 0.88]], allowNegated: false },
  { handling: 'other', phrases: [[wholeWords([...OTHER_EN, ...OTHER_ES]), 0.75]], allowNegated: false },
];
