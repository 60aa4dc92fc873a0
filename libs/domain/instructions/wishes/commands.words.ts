import { pattern } from '../text/patterns.js';
import type { Language } from '#libs/domain/language/language.values.js';

/** A command of the caller to the conversation, such as to repeat the question. */
export type CallCommand = 'repeat' | 'wait' | 'human' | 'who' | 'reschedule' | 'nothing';

const WHO_EN = [
  /who('s| is| are) (calling|this|it|speaking|you)/,
  /(state|say|record) your name/,
  /what is this (about|regarding)/,
  /reason for (calling|your call)/,
  /why (are you|you're) calling/,
  /where are you calling from/,
  /what (company|business) is this/,
  /what('s| is) this (call )?(about|for|regarding)/,
] as const;
const WHO_ES = [
  /quien (es|llama|habla|me llama)/,
  'de parte de quien',
  'diga su nombre',
  /(cual es el )?motivo de (su|la) llamada/,
  /por que (me )?llama/,
  /de (donde|que (empresa|compania)) (llama|habla|me llama)/,
  /de que se trata/,
] as const;

const EMPLOYEES_EN = ['human', 'person', 'agent', 'representative', 'operator'] as const;
const PERSONS_EN = ['somebody', 'someone', 'dispatcher'] as const;
const HUMAN_EN = [
  pattern`\b(speak|talk) (to|with) (a |an |the |some)?${[...EMPLOYEES_EN, ...PERSONS_EN]}`,
  /\boperator\b/,
  /\bhuman being\b/,
  /\breal person\b/,
] as const;
const EMPLOYEES_ES = ['persona', 'agente', 'operador', 'operadora', 'alguien', 'representante'] as const;
const HUMAN_ES = [
  pattern`\b(hablar con|comuniqueme con|paseme (a|con)) (una? )?${EMPLOYEES_ES}\b`,
  /\boperador[a]?\b/,
] as const;

const RESCHEDULE_EN = [
  'reschedule',
  /another (day|time|date)/,
  /(a )?different (day|time|date)/,
  /some other (day|time)/,
  'postpone',
  /change the (day|date|time)/,
] as const;
const RESCHEDULE_ES = [
  'reprogramar',
  /otro (dia|momento|horario)/,
  /otra (fecha|hora)/,
  /cambiar (el dia|la fecha|la hora)/,
  'aplazar',
  'posponer',
] as const;

const WAIT_EN = [
  'hold on',
  'hang on',
  'one moment',
  'one second',
  /just a (moment|second|minute|sec)/,
  /give me a (moment|second|minute|sec)/,
  'wait',
] as const;

const REPEAT_EN = [
  'repeat',
  /say (that|it) again/,
  'come again',
  'pardon',
  'what did you say',
  'once more',
  'one more time',
  /i didn't (hear|catch|get|understand)/,
  'sorry what',
  /(what's|what was|say) (that|it)( again)?$/,
  /(i )?can't (really )?hear( you)?/,
  /speak (up|louder|slower|more slowly)/,
  'slower',
  'louder',
  /what did you (just )?(say|ask)/,
  /what (was|is) the question/,
] as const;
const REPEAT_ES = [
  'repita',
  'repite',
  'repetir',
  'otra vez',
  'de nuevo',
  'como dijo',
  /no (le |lo )?(oi|oigo|escuche|escucho|entendi|entiendo)/,
  'perdon',
  /que (dijo|dice|decia)/,
  /mas (despacio|fuerte|lento|alto)/,
  /cual (es|era|fue) la pregunta/,
] as const;

const NOTHING_EN = ['thank you', 'thanks', /nothing( else)?/, /that's (it|all)/, 'that is all', 'nope', 'no'] as const;

/** Commands to the conversation by language. The first match counts. */
export const COMMANDS: Record<Language, readonly (readonly [CallCommand, RegExp])[]> = {
  en: [
    ['who', pattern`\b${WHO_EN}\b`],
    ['human', pattern`${HUMAN_EN}`],
    ['reschedule', pattern`\b${RESCHEDULE_EN}\b`],
    ['wait', pattern`\b${WAIT_EN}\b`],
    ['repeat', pattern`\b${REPEAT_EN}\b|^(i'm )?(sorry|what|huh|hm+|excuse me|eh|say what|what now|come again)$`],
    ['nothing', pattern`^(no )?${NOTHING_EN}( thank you| thanks)?$`],
  ],
  es: [
    ['who', pattern`\b${WHO_ES}\b`],
    ['human', pattern`${HUMAN_ES}`],
    ['reschedule', pattern`\b${RESCHEDULE_ES}\b`],
    ['wait', /\b(espere|espera|un momento|un segundo|un minuto|momentito)\b/],
    ['repeat', pattern`\b${REPEAT_ES}\b|^(como|que|mande|eh|digame|como dice)$`],
    ['nothing', /^(no )?(gracias|nada( mas)?|eso es todo|no)( gracias)?$/],
  ],
};
