import { pattern, wholeWords } from '../text/patterns.js';

const PREVIOUS_EN = ['all ', 'any ', 'your ', 'the ', 'my ', 'these ', 'those ', 'previous ', 'prior '] as const;
const EARLIER_EN = ['above ', 'earlier ', 'other '] as const;
const RULES_EN = [/instructions?/, /rules?/, /prompts?/, /orders?/, 'directions', 'guidelines', 'settings'] as const;
const GREETINGS_EN = [
  'note',
  'message',
  'instruction',
  'command',
  'attention',
  'hey',
  'dear',
  'ok',
  'okay',
  'listen',
] as const;
const MACHINES_EN = ['computer', 'system', 'machine', 'assistant', /chat ?bot/, 'ai', 'a i', 'robot', 'model'] as const;
const ROLES_EN = ['assistant', 'mode', 'model', 'bot', /admin\w*/] as const;
const FIELDS_EN = [
  'access code',
  /opt ?out/,
  'refused',
  'status',
  'field',
  'fields',
  'flag',
  'value',
  'record',
  'database',
  'complexity',
  /safe ?place/,
] as const;

const INJECTIONS_EN = [
  pattern`(ignore|disregard|forget|override|bypass) ${[...PREVIOUS_EN, ...EARLIER_EN]}+${RULES_EN}`,
  /system (prompt|message|override|command|instruction)s?/,
  pattern`${GREETINGS_EN} (to )?(the )?${MACHINES_EN}`,
  pattern`you are (now )?(a|an|in) (\w+ ){0,2}${ROLES_EN}`,
  pattern`(set|change|update|switch|fill|put) (the |my |all |every )*${FIELDS_EN}s?( field| flag)? (to|as|in|=)`,
  /mark (this|it|the|that|all|me|optional|every)( \w+){0,4} as/,
] as const;
const INJECTIONS_ES = [
  /(ignora|ignore|olvida|olvide) (todas |las |tus |sus |estas )+(instrucciones|reglas|ordenes)/,
  /(marque|marca|pon|ponga) (esto|el campo|la entrega)( \w+){0,3} como/,
] as const;

/** Start of a prompt injection: words that address the software, or the fields that it fills in, and not the agent. */
export const INJECTION_START = wholeWords([...INJECTIONS_EN, ...INJECTIONS_ES]);

const JOINS = ['and', 'but', 'also', 'then', 'anyway', 'so', 'y', 'pero'] as const;
const REQUESTS_EN = ['leave', 'put', 'drop', 'give', 'hand', 'call', 'ring', 'text'] as const;
const SUBJECTS_EN = ["i'm", 'i am', "i'll", 'i will', "i won't", "we're", "we'll", 'my'] as const;
const THINGS_EN = /the (gate|door|garage|building) code/;
const REQUESTS_ES = [/deje\w*/, /llame\w*/, 'estoy', 'estare'] as const;
const PARCEL_TOPICS = [...REQUESTS_EN, ...SUBJECTS_EN, THINGS_EN, ...REQUESTS_ES] as const;

/** A prompt injection ends before this: the end of its sentence, or words about the parcel. */
export const INJECTION_END = pattern`[.!?;](\s|$)|\b${JOINS} (please |just |also |por favor )*${PARCEL_TOPICS}\b`;
