import { LANGUAGES, type Language } from '#libs/domain/language/language.values.js';
import type { AskedDecision } from './text-message.values.js';

/** Folded words that add nothing to an answer: "yes please", "no, thank you". */
const COURTESIES: Readonly<Record<Language, string>> = {
  en: 'please pls thanks thank you sir maam miss hi hello',
  es: 'por favor gracias muchas senor senora hola',
};

/** Folded words that agree in a call, but in a text may only acknowledge that it arrived: "ok", "vale". */
const ACKNOWLEDGMENTS: Readonly<Record<Language, string>> = {
  en: 'ok okay perfect fine good sounds',
  es: 'vale perfecto esta bien',
};

/** Folded words that repeat what the ask-back offers for a yes: "yes, send it back". */
const ECHOES_OF_YES: Readonly<Record<AskedDecision, Readonly<Record<Language, string>>>> = {
  refused: { en: 'send return take it that back', es: 'devolver devolverlo devuelvanlo devuelvalo' },
  reschedule: { en: 'wait for another day that time', es: 'esperar esperen a otro dia para ese horario' },
};

/** Folded words that repeat what the ask-back offers for a no: "no, deliver it as planned". */
const ECHOES_OF_NO: Readonly<Record<Language, string>> = {
  en: 'have deliver delivered bring keep it that as planned',
  es: 'recibir recibirlo entregar entreguenlo traiganlo como estaba previsto',
};

const toWords = (lists: readonly string[]): ReadonlySet<string> => new Set(lists.flatMap((list) => list.split(' ')));

/** Folded words, in any language, that may surround a yes or no and do not say it themselves. */
export const FILLERS = toWords(LANGUAGES.flatMap((language) => [COURTESIES[language], ACKNOWLEDGMENTS[language]]));

/** Returns the folded words, in any language, with which a yes or no repeats what the ask-back offers for it. */
export const getEchoes = (decision: AskedDecision, isYes: boolean): ReadonlySet<string> =>
  toWords(LANGUAGES.map((language) => (isYes ? ECHOES_OF_YES[decision] : ECHOES_OF_NO)[language]));
