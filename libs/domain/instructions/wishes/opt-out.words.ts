import { pattern, toGlobal } from '../text/patterns.js';

const CONTACTING_EN = [
  'calling',
  'phoning',
  'ringing',
  'contacting',
  'texting',
  'messaging',
  'bothering',
  'harassing',
  'spamming',
] as const;
const CONTACTED_EN = ['called', 'phoned', 'contacted', 'texted', 'messaged', 'bothered'] as const;
const CALLS_EN = [/calls?/, 'calling', /texts?/, /messages?/, 'texting'] as const;
const ANY_MORE_EN = /( again| any ?more)?/;
const MY_NUMBER_EN = /my (number|phone|house)/;
const ME_EN = pattern`( me| us| here| this (number|phone|house|line)| ${MY_NUMBER_EN})?`;
const FROM_ME_EN = /(me|us|my (number|name|phone|phone number)|this number|our number)/;
const REGISTRY_EN = /(do not call|no call)/;

const ALL_THE_EN = /(the|these|those|this|your|sending|making)( me)?( the| these| those| any)?/;
const STOP_CALLS_EN = pattern`\b(stop|quit) (with )?(all )?${ALL_THE_EN} ?(phone |robo ?|sales )?${CALLS_EN}\b`;

const WANT_EN = /(any|to (get|receive)|you to|these|those|your|no)( any| more)*( more)?( of (these|those|your))?/;
const CONTACTS_EN = [
  'calls',
  'phone calls',
  /robo ?calls/,
  'call me',
  'calling me',
  'contact me',
  'texts',
  'messages',
] as const;
const FROM_YOU_EN = /( again| any ?more| from you)?/;

const NO_MORE_EN = ['calls', 'phone calls', /robo ?calls/, 'calling', 'texts', 'messages', 'number'] as const;

const CONTACT_EN = /(call|phone|ring|contact|text|bother)/;
const ME_OR_HERE_EN = /(me |us |here |this number |my (number|phone) )?/;
const BOTHER_EN = /bother (calling|ringing|phoning|texting|contacting)/;

const OPT_OUT_EN = [
  pattern`\b(stop|quit) ${CONTACTING_EN}( on| at)?${ME_EN}\b`,
  pattern`\b(do not|don't|never) (ever )?${CONTACT_EN} ${ME_OR_HERE_EN}(again|any ?more|ever)\b`,
  pattern`\b(take|remove|delete|get) ${FROM_ME_EN} (off|from|out of) (of )?(your|the|this|that|any|all)\b`,
  /\b(put|add) (me|us|my number|this number) (on|to) (your |the |a )?(do not call|no call|don't call)\b/,
  pattern`\b(i'm|i am|we're|we are|(this|my) number is) on the (national )?${REGISTRY_EN}( list| registry)?\b`,
  pattern`\b(don't|do not) ${BOTHER_EN} (me|us|this number|again|any ?more)${ANY_MORE_EN}\b`,
  pattern`\b(don't|do not|never) want to be ${CONTACTED_EN}( again| any ?more| ever| by you)?`,
  /\b(delete|remove|erase|forget|block) (my|this|our) (phone )?(number|phone|contact|details|data)\b/,
  /\b(leave (me|us) alone|do not call list|i('d| would) like to (opt out|unsubscribe))\b/,
  /\b(unsubscribe|opt out|opt me out|opting out)\b/,
  STOP_CALLS_EN,
  pattern`\b(i )?(don't|do not) want ${WANT_EN} ?${CONTACTS_EN}${FROM_YOU_EN}\b`,
  pattern`\b(no more|lose my)( of (these|those|your))? ${NO_MORE_EN}\b`,
] as const;

const CALL_ES = ['llame', 'llamen', 'llames', 'marque', 'marquen'] as const;
const WRITE_ES = ['escriban', 'escriba'] as const;
const CONTACT_ES = [...CALL_ES, 'contacten', 'contacte', ...WRITE_ES] as const;
const EVER_AGAIN_ES = /(mas|nunca( mas)?|de nuevo|otra vez)/;

const OPT_OUT_ES = [
  /\b(deje|dejen|deja|pare|paren)( ya)? de (llamar|molestar|contactar|escribir)(me|nos)?\b/,
  /\bno (me |nos )?(vuelva|vuelvan|vuelvas) a (llamar|contactar|molestar|escribir)(me|nos)?\b/,
  pattern`\bya no (me |nos )?${CONTACT_ES}\b|\bno (me |nos )?${CONTACT_ES} ${EVER_AGAIN_ES}\b`,
  pattern`${[
    /\bya no quiero (que me (llamen|llame|marquen|marque)|llamadas|mensajes)\b/,
    // "No quiero recibir el paquete" refuses the parcel.
    /\bno quiero (?:(?:mas |recibir (?:mas |sus |estos |estas )?)(?:llamadas|mensajes|textos|notificaciones|sms)|que me (?:llamen|llame|marquen|marque|escriban)(?: mas)?)\b/,
  ]}`,
  /\b(quite|quiten|borre|borren|elimine|eliminen|saquen|saque)(me| mi (numero|telefono)) de (su|la|esta|sus)\b/,
  /\b(darme|deme|denme) de baja\b/,
  /\b(bajen|bajeme|bajenme|saquen|saquenme|quitenme|borrenme|sacame|quitame|borrame|bajame)(me)? de (su|sus|la|las|tu|esa|esta) (lista|listas|base)\b/,
  /\bno (me |nos )?(esten|estes|este|sigan|sigas|siga) (llamando|marcando|molestando|escribiendo)\b/,
  /\b(ya no (me |nos )?(manden|mande|mandes)|dejen de mandar(me|nos)?) (mas )?(mensajes|textos)\b/,
] as const;

/** Phrases that ask for no further contact. */
export const OPT_OUT: readonly RegExp[] = [...OPT_OUT_EN, ...OPT_OUT_ES].map(toGlobal);

const PLACES_EN = ['office', 'work', 'landline', 'other', 'old', 'house', 'home', 'desk'] as const;
const TIMES_EN = ['before', 'after', 'until', 'till', 'between', 'while', 'during', 'when'] as const;
const WHEN_OR_WHERE_EN = [
  pattern`(this|the|my|that) ${PLACES_EN}\b`,
  /on (my|the|this)/,
  'at work',
  'at night',
  ...TIMES_EN,
  'in the',
  /so (early|late)/,
  'early',
  'late',
  /from \d/,
] as const;
const WHEN_OR_WHERE_ES = [
  'antes',
  'despues',
  'hasta',
  'cuando',
  /a las? \w/,
  'por la',
  /en la (manana|noche)/,
  /al (trabajo|fijo)/,
  /tan (temprano|tarde)/,
] as const;

/** Words after such a phrase that limit it to a time, a place or a number. */
export const ONLY_WHEN_OR_WHERE = pattern`^\s*${[...WHEN_OR_WHERE_EN, ...WHEN_OR_WHERE_ES]}`;

const DENIALS_EN = ['never', "didn't", 'did not', "don't", 'do not'] as const;
const SAYING_EN = ['say', 'said', 'ask', 'asked', 'want', 'mean'] as const;
/** Words before such a phrase that limit it to today: "hoy ya no me marquen". */
export const ONLY_TODAY = /\b(?:today|tonight|right now|hoy|ahorita|ahora) (?:ya |please |so |, )*$/;
/** Words before such a phrase that only report it: "I never said stop calling". */
export const REPORTED = pattern`\b(${DENIALS_EN} ${SAYING_EN}( you| to| that)*|no (dije|digo|pedi)( que)?)\s*$`;
