import { pattern } from '../text/patterns.js';

const DEVICES_EN = [/key ?pad/, /lock ?box/, 'lock', /key ?box/, 'panel', 'pad', 'call box'] as const;
const ENTRANCES_EN = ['gate', /lock ?box/, 'lock', /key ?pad/, /key ?safe/, 'entrance', 'door'] as const;
const OPENS_EN = [
  /is (the|our|my) (\w+ )?(code|pin|combination|passcode)/,
  /(will )?(opens?|unlocks?)\b/,
  /(gets|lets) you in/,
  /to (open|unlock|get (in|into|through|past)|enter|access)/,
  pattern`(on|at|in|into) the ${DEVICES_EN}`,
  /gets you (in|into|through)/,
  pattern`for the ((front|back|side|main|lobby|building) )?${ENTRANCES_EN}\b`,
] as const;
const OPENS_ES = [/abre\b/, /para (abrir|entrar)/] as const;
/** Words directly after a number stating that it opens something. */
export const OPENS = pattern`^ ?${[...OPENS_EN, ...OPENS_ES]}`;

const KEY_IN_EN = [
  'enter',
  'punch',
  'punch in',
  'type',
  'type in',
  'key in',
  'put in',
  'use',
  'press',
  'tap',
  'tap in',
] as const;
const KEY_IN_ES = ['marque', 'teclee', 'ponga'] as const;
/** Words directly before a number that is keyed in. */
export const KEYED = pattern`\b${[...KEY_IN_EN, ...KEY_IN_ES]}( in)? ?$`;

const LOCKED_EN = [/lock ?box/, 'lock', 'gate', 'door', 'padlock', 'garage', 'shed'] as const;
const GUARDED_EN = [
  'gate',
  'door',
  'entrance',
  'lobby',
  'building',
  'garage',
  /key ?pad/,
  /lock ?box/,
  'lock',
] as const;
const CLOSED_EN = pattern`('s| is) (always |usually |normally )?(closed|locked|shut)`;
const KEY_INTO_EN = ['use', 'press', 'enter', 'punch in', 'type', 'type in', 'key in', 'put in'] as const;
const BY_EN = /(with|by|using|by (entering|pressing)|if you (press|enter|use))/;
const OPENED_BY_EN = [
  pattern`\b${LOCKED_EN}[^.]{0,30}\b(opens|unlocks) ${BY_EN} ?$`,
  pattern`\b${GUARDED_EN}\b[^.]{0,30}\b(type in|punch in|key in|tap in) ?$`,
  pattern`\b(gate|door|entrance|lobby|building)${CLOSED_EN}[^.]{0,12} ${KEY_INTO_EN} ?$`,
] as const;
/** "The box opens with …", "at the gate punch in …", "if the gate is locked use …". */
export const OPENED_BY = pattern`${OPENED_BY_EN}`;

/** "The old code was … but now it's …". */
export const NOW_IT_IS = /\b(now|these days|ahora|the new (one|code))( (it's|its|it is|is|es|it'll be))* ?$/;

const TO_ENTER = [/to (get (in|into|through|past)|open|enter|unlock)/, /para (entrar|abrir)/] as const;
const IT_IS = ["it's", 'its', 'is', 'use', 'es', 'marque', 'press', 'enter', 'type', 'punch in'] as const;
/** "To get in the gate it's …". */
export const TO_GET_IN = pattern`\b${TO_ENTER}\b[^.]{0,30}\b${IT_IS} ?$`;

/** Words before a number that rings a bell or calls a phone and does not open anything. */
export const CALLS = /\b(buzz|ring|dial|call|toque)( \w+){0,2} ?$/;
