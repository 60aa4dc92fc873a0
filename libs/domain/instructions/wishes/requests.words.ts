import { pattern, toGlobal, wholeWords } from '../text/patterns.js';
import type { Phrase } from '../text/find-phrase.js';

const PARCEL_EN = ['parcel', 'package', 'delivery', 'order'] as const;

const BACK_TO_SENDER_EN = [
  /\b(send|take|ship) (it|this|the (parcel|package|thing)) back\b/,
  /\breturn (it )?to (the )?sender\b/,
] as const;
const CANCEL_EN = [
  /\bcancel (it|this|the (order|delivery|parcel|package|whole thing)|my (order|delivery))\b/,
  /\bi (already |have )?(cancelled|canceled) (it|this|the order|that|my order)\b/,
] as const;
/** "Don't deliver before nine" refuses nothing. */
const ONLY_THEN_OR_THERE_EN = [
  'on',
  'before',
  'after',
  'to',
  'at',
  'until',
  'in',
  'while',
  'there',
  'today',
  'tomorrow',
] as const;
const DO_NOT_DELIVER_EN = pattern`\b(don't|do not) (deliver|bring) (it|this|anything|the (parcel|package))( at all)?`;
const REFUSED_ES = [
  /\bno (lo|la) quiero( ya)?\b/,
  /\b(devuelva|devuelvan|regrese|regresen)(lo|la)\b/,
  /\bcancele[n]? (el|la|mi) (pedido|entrega|orden)\b/,
  /\bno pedi (eso|esto|nada)\b/,
  /\brechazo (el|la)\b/,
] as const;

export const REFUSED: readonly Phrase[] = [
  [toGlobal(pattern`\b(i )?(don't|do not|no longer) want (it|this|that|the ${PARCEL_EN})( any ?more)?\b`), 0.92],
  [/\b(refuse|refusing|reject|rejecting) (it|this|the|that|to (accept|take))\b/g, 0.93],
  [toGlobal(pattern`${BACK_TO_SENDER_EN}`), 0.92],
  [toGlobal(pattern`${CANCEL_EN}`), 0.92],
  [/\b(i|we) (didn't|did not|never|haven't) order(ed)? (it|this|that|anything|any)\b/g, 0.88],
  [toGlobal(pattern`${DO_NOT_DELIVER_EN}(?! ${ONLY_THEN_OR_THERE_EN})\b`), 0.75],
  [toGlobal(pattern`${REFUSED_ES}`), 0.9],
];

const CALLS_EN = ['call', 'phone', 'ring', 'text', 'message', 'buzz', 'notify', 'let'] as const;
const COMING_EN = ['coming', 'arriving', 'delivery', 'delivering'] as const;
const DRIVER_EN = ['you', 'he', 'she', 'they', 'the driver', 'it'] as const;
const DRIVER_IS_EN = [/you('re| are)/, "he's", 'he is', "they're", 'the driver is', "the driver's"] as const;
const NEARBY_EN = [
  /on (the|your|his|their) way/,
  'close',
  'near',
  'nearby',
  'around the corner',
  'about to',
  'leaving',
  /\w+ minutes/,
  'ten',
  'five',
  'coming',
] as const;
const BEFORE_ARRIVAL_EN = [
  pattern`before ${[...DRIVER_EN, ...COMING_EN]}`,
  'beforehand',
  'ahead',
  'in advance',
  pattern`when ${DRIVER_IS_EN} ${NEARBY_EN}`,
  /on (the|your) way/,
  /\w+ minutes (before|ahead|out|away|prior)/,
  /(half an|an) hour (before|ahead|prior)/,
  /when .{0,20}minutes (away|out)/,
] as const;

const ON_THE_WAY_EN = ['on', 'close', 'near', 'nearby', 'about', /\w+ minutes/, 'leaving'] as const;
const GIVE_A_CALL_EN = /give (me|us) (a )?(quick )?(call|ring|heads? up|text|bell|shout|buzz)/;
const CALL_BEFORE_EN = [
  'before',
  'ahead',
  'in advance',
  'beforehand',
  pattern`when (you('re| are)|the driver is) ${ON_THE_WAY_EN}`,
  /on (the|your) way/,
  /\w+ minutes (before|ahead|out|away|prior)/,
  /(half an|an) hour (before|ahead)/,
] as const;

const CALLS_ES = [/llame(me|nos)?/, /avise(me|nos)?/, /marque(me|nos)?/] as const;
const BEFORE_ARRIVAL_ES = [
  /antes( de)?/,
  /cuando (venga|vaya|este (cerca|en camino|llegando))/,
  'con anticipacion',
  /\w+ minutos antes/,
] as const;
const CALL_AHEAD_ES = [
  pattern`\b${CALLS_ES}( \w+){0,3} ${BEFORE_ARRIVAL_ES}\b`,
  /\bme (llama|llame|avise|avisa)( \w+){0,2} (antes|cuando (venga|este cerca))\b/,
] as const;

export const CALL_AHEAD: readonly Phrase[] = [
  [toGlobal(pattern`\b${CALLS_EN}( me| us)?( know)?( \w+){0,3} ${BEFORE_ARRIVAL_EN}\b`), 0.9],
  [toGlobal(pattern`\b${GIVE_A_CALL_EN}( \w+){0,3} ${CALL_BEFORE_EN}\b`), 0.9],
  [/\b(call|phone|ring) ahead\b|\bgive (me|us) a heads? up\b|\bcall first\b/g, 0.88],
  [toGlobal(pattern`${CALL_AHEAD_ES}`), 0.88],
];

const EMPLOYEES_EN = ['human', 'person', 'manager', 'supervisor', 'representative', 'operator'] as const;
const TRANSFER_TO_EN = [
  'human',
  'person',
  'agent',
  'representative',
  'operator',
  'somebody',
  'someone',
  'manager',
  'dispatcher',
] as const;
const TRANSFER_EN = /(connect|transfer|put) me (through )?(to|with) (a |an |the |some |your )?(\w+ )?/;
const SPEAK_EN = /(speak|talk) (to|with) (a |an |the |some|your )?(real )?/;
const SPEAK_TO_PERSON_EN = [
  pattern`\b${SPEAK_EN}${[...EMPLOYEES_EN, 'somebody', 'someone', 'agent']}\b`,
  /\b(real|actual) person\b/,
  /\b(someone|somebody|anyone|anybody|a person) (i can|to) (talk|speak) (to|with)\b/,
  /\bhuman being\b/,
  pattern`\b${TRANSFER_EN}${TRANSFER_TO_EN}\b`,
] as const;

const CALLERS_EN = ['human', 'person', 'manager', 'supervisor', 'someone', 'somebody'] as const;
const CALL_BACK_EN = [
  pattern`\b(have|get|let) (a |the |your )?${CALLERS_EN}( from \w+( \w+)?)? (call|contact|phone|ring) (me|us)\b`,
  /\bcall (me|us) back\b/,
] as const;

const COMPLAINTS_EN = [
  'complain',
  'complaint',
  'lawyer',
  'sue you',
  'police',
  'ridiculous',
  'unacceptable',
  'outrageous',
  'furious',
  /last time you (lost|broke|damaged|left)/,
] as const;

const EMPLOYEES_ES = ['persona', 'gerente', 'supervisor', 'agente', 'alguien'] as const;
const NEEDS_PERSON_ES = [
  pattern`comunic(ar|arme|a|eme|enme) con (una |un )?${[...EMPLOYEES_ES, 'humano', /operador\w*/]}`,
  /paseme (con|a) (una |un )?\w+/,
  pattern`hablar con (una |un )?${[...EMPLOYEES_ES, 'humano']}`,
  'queja',
  'quejarme',
  'emergencia',
  'inaceptable',
] as const;

/** The customer wants a person, or the call needs one. */
export const NEEDS_PERSON: readonly Phrase[] = [
  [toGlobal(pattern`${SPEAK_TO_PERSON_EN}`), 0.92],
  [toGlobal(pattern`${CALL_BACK_EN}`), 0.8],
  [wholeWords(COMPLAINTS_EN), 0.75],
  [/\b(emergency|ambulance|hospital|passed away|died|funeral)\b/g, 0.75],
  [wholeWords(NEEDS_PERSON_ES), 0.85],
];
