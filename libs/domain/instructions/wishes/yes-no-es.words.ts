import { pattern, toGlobal, type Term } from '../text/patterns.js';
import { POLITE_CLOSING, type YesNoWords } from './yes-no-words.js';

const UNDECIDED_ES: readonly Term[] = [
  /no (lo |le |te )?(se|sabria)(?! (preocup|pued|molest|oy|escuch|apur|quede|vaya|lo|la|le))( decir(le)?)?/,
  /no (estoy|estamos|esta|es|estaria) (\w+ )?segur[oa]s?/,
  /(no tengo|ni) (la menor )?idea/,
  'quien sabe',
  'a lo mejor',
  /tal ?vez/,
  /quizas?/,
  'puede que',
  'puede ser',
  'depende',
  /(a ver|vamos a ver)/,
  /igual y/,
  'capaz que',
  'posiblemente',
  /como que no/,
  'no le puedo (asegurar|decir)',
  /no (le |te )?(puedo|podria) (asegurar|decir|prometer)\w*/,
];
const HEDGES_ES: readonly Term[] = [
  'claro',
  'por supuesto',
  'desde luego',
  /obvi\w+/,
  'seguro',
  'seguramente',
  'definitivamente',
  'creo',
  'pienso',
  'diria',
  'parece',
  /(me )?temo/,
  'lamentablemente',
  'desgraciadamente',
  'desafortunadamente',
  'la verdad',
  'mejor',
  'pues',
  'pos',
  'ahorita',
  'hoy',
  'todavia',
  'aun',
  'por ahora',
  'digo',
  'probablemente',
];
const NO_IDIOMS_ES: readonly Term[] = [
  pattern`${HEDGES_ES} (que )?no(?! (se|hay problema|estoy segur\w|hay inconveniente))`,
  /no (lo )?creo(?! que)/,
  'para nada',
  /de ningun(a manera| modo)/,
  'en absoluto',
  /que va/,
  'ni hablar',
  'ni de chiste',
  'jamas',
  /(no|nel) (gracias|senor|senora|senorita|joven)/,
  /no (hace falta|es necesario|hay necesidad)/,
  'nel',
  'tampoco',
  /no (es|esta) (correcto|cierto|verdad|asi|bien)/,
  /(esta|estuvo) (mal|equivocado)/,
];
const YES_IDIOMS_ES: readonly Term[] = [
  /(no (hay|habra|habria|tengo|tenemos|le veo|veo|es|seria|creo que haya)|ningun|sin)( ningun)? (problema|inconveniente|bronca|lio|cuidado|obstaculo|falla)/,
  /no pasa nada/,
  /no (me|nos) (molesta|importa|opongo|oponemos|afecta|incomoda)/,
  /no (faltaba|faltaria) mas/,
  /sin (ninguna )?duda( alguna)?/,
  /no (lo|le) dude/,
  'no cabe duda',
  /(no tengo|nada) (nada )?en contra/,
  /por que no$/,
  // "Cómo no voy a estar" is no plain "cómo no".
  /como no(?! (estoy|estare|estaremos|estamos|voy|vamos|hay|habra|va|puedo|puede|tengo|lo|la|me))/,
  /(claro|por supuesto|desde luego|obvio|pues|creo|yo creo|seguro) que si/,
  /(desde luego|por supuesto)(?! que no)/,
  'ya lo creo',
  'asi es',
  'eso (es|mismo|si)',
  /cuando (guste|quiera)/,
  'con (mucho )?gusto',
  'adelante',
  'esta bien',
  'de acuerdo',
  /(me parece|esta) (bien|perfecto)/,
];
const YES_ES: readonly Term[] = [
  'sí',
  'claro',
  'correcto',
  'correctamente',
  'exacto',
  'exactamente',
  'afirmativo',
  'efectivamente',
  'simon',
];
const WE_ARE_ES: readonly Term[] = [
  'estoy',
  'estare',
  'estaremos',
  'estamos',
  /(voy|vamos|va) a (estar|haber alguien)/,
  /(siempre )?(hay|habra) alguien/,
];
const PRESENCE_VERB_ES =
  /(estoy|estare|estaremos|estamos|esta|estan|estara|voy|vamos|va|van|puedo|podre|podemos|hay nadie|habra nadie|va a haber|me encuentro|nos encontramos|llego|llegamos)/;
const DENIAL_ES: readonly Term[] = [
  pattern`no (me |nos |le |lo )?${PRESENCE_VERB_ES}`,
  'nadie',
  /(estoy|estare|ando|andare|estamos|estaremos|salgo) (\w+ )?(fuera|de viaje|de vacaciones|trabajando|en el trabajo|en la oficina)/,
  'negativo',
  'incorrecto',
  /no (me|nos) (queda|conviene|sirve|funciona)/,
];
/** What follows a "no" that forbids something instead of answering. */
const NOT_AN_ANSWER_ES =
  /(?! (toque|toquen|deje|dejen|dejes|ponga|pongan|avienten|avient\w+|tire|tiren|timbre|timbren|suene|use|entre|entren|pase|pasen|se lo|se la|lo dej\w+|la dej\w+|lo pong\w+|lo tir\w+|lo avient\w+|olvide|si))/;

/** Spanish words for yes and no. */
export const YES_NO_ES: YesNoWords = {
  undecided: toGlobal(pattern`\b${UNDECIDED_ES}\b`),
  yesIdioms: toGlobal(pattern`\b${YES_IDIOMS_ES}\b`),
  noIdioms: toGlobal(pattern`\b${NO_IDIOMS_ES}\b`),
  // `sí` keeps its accent in this matcher: without it, "si" is a condition ("si no estoy, …").
  yes: pattern`(?:^|\b|\s)${[...YES_ES, pattern`${WE_ARE_ES}( en casa| ahi| aqui)?`]}(?:\b|\s|$)`,
  weakYes:
    /^(si(?! (no|hay|llueve|puede|pueden|quiere|gusta|nadie|tiene|fuera|necesita|es|me|se|lo|la|le|nos))|vale|ok|okay|sale|orale|dale|va|perfecto|seguro|obvio|afirmativo|listo|andele)\b/,
  no: pattern`^(no|nop|nones)\b${NOT_AN_ANSWER_ES}|\b(no|nop)(?:${POLITE_CLOSING})*$`,
  denial: pattern`\b${DENIAL_ES}\b`,
  fillers: /^((pues|pos|este|eh|ay|ah|oh|y|mire|oiga|o sea|bueno|hola|a ver|disculpe|perdon|fijese|yo|alo|digo) )+/,
  greeting: /^(?:(?:si|sí|bueno|alo|hola) )*(?:bueno|alo|hola|diga|digame|mande|a la orden|a sus ordenes|si diga)$/,
  condition: /\b(?:si (?:no|hay|llueve|nadie|fuera|estoy|llego)|por si|en caso de|a menos que|siempre y cuando)\b.*$/,
};
