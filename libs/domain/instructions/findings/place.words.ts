import { EXCEPTION_WORDS } from '../text/exceptions.words.js';
import { pattern, terms } from '../text/patterns.js';

/** Words that make an ambiguous place a place to leave the parcel. Folded, as all words of this file. */
export const FITS = /^(?:it|that|the (?:package|parcel)) (?:fits|should fit|will fit|cabe) /;
/** Words that permit any place, so that none is named. */
export const ANYWHERE = pattern`^${[
  'anywhere',
  'wherever',
  /en cualquier (?:parte|lado|lugar)/,
  'donde sea',
  /donde (?:guste|quiera|pueda)\w*/,
]}`;
/** Words that refer to a place that was named before. */
export const POINTS = pattern`^${[
  'there',
  'in there',
  'inside there',
  /inside (?:on|to) the (?:left|right)/,
  /adentro a la (?:izquierda|derecha)/,
  'right there',
  'inside',
  'in it',
  'on it',
  'under it',
  'behind it',
  'ahi',
  'alli',
  'ahi mismo',
  'ahi adentro',
  'ahi dentro',
  'ahi nomas',
  'adentro',
  'aca',
  'alla',
]}$`;
/** Words that resemble a place but cannot hold a parcel. */
export const NOT_A_PLACE =
  /\b(?:pagina|app|aplicacion|sistema|correo|telefono|web|website|site|email|internet|line|phone|list|lista|cuenta|account|panel|keypad|intercom|buzzer|tablero|interfon)$/;
/** A floor, which alone is a direction and not a place. */
export const FLOOR = pattern`^${[
  /(?:on |at |in )?(?:the )?(?:ground|first|second|third|fourth|fifth|sixth|top|bottom|upper|lower|\d+(?:st|nd|rd|th)?) floor(?: (?:on|to) the (?:left|right))?/,
  /(?:en )?(?:el |la )?(?:planta baja|planta alta|(?:primer|segundo|tercer|cuarto|quinto|ultimo) piso|piso \w+)/,
]}$`;
/** Words for the parcel before words that refer to a place: "the box right inside". */
export const PARCEL_WORDS =
  /^(?:the (?:box|package|parcel|thing)|it|that|el paquete|la caja|lo|just|right|mero|justo) /;
/** Words after a place that state what is there: "en el lobby hay lockers". */
export const HOLDS_THINGS = /^(?:hay|there is|there's|there are|has|tiene|tenemos|we have)\b/;
/** A word directly before a place that excludes it: "not the porch". */
export const DIRECTLY_EXCLUDED = /^(?:not|no|never|nunca|except|excepto|menos|salvo)$/;
/** Words before a place that except it from all others: "anywhere but on the porch". */
export const EXCEPTED = pattern`\b${[
  'anywhere',
  /any ?place/,
  'everywhere',
  'wherever',
  'any spot',
  /cualquier (?:parte|lado|lugar|sitio)/,
  /donde (?:sea|quier\w+|guste\w*|pued\w+)/,
]}(?: ${['else', 'you like', 'you want', 'you can', 'is fine', 'is okay', 'is ok', 'works', 'esta bien']})? ?,? ?(?:just )?${[
  ...EXCEPTION_WORDS,
  'besides',
  'apart from',
  'pero',
  'que no sea',
]}(?: ${terms('not no for')})?$`;
/** Words between two places of which the second replaces the first. */
export const CORRECTS = pattern`\b${[
  'but',
  'no',
  'actually',
  'instead',
  'rather',
  'wait',
  'sorry',
  'mejor',
  'pero',
  'ahora',
  'digo',
  'perdon',
  'sino',
]}\b`;
/** Verbs by which a parcel is left directly before a place. */
export const PUTS =
  /\b(?:leave|put|pop|place|drop|stick|set|tuck|dejen?|dejelo|dejenlo|metanlo|metalo|ponganlo|pongalo) ?(?:it|this|that|lo|the \w+)?$/;
/** Words between a place and the person who is to get it instead. */
export const REPLACED_BY =
  /\b(?:mejor|actually|you know what|sabes que|no wait|no hang on|instead) (?:\w+ ){0,4}(?:with|to|con|a)(?: (?:my|the|mi|la|el))?$/;
/** The people who were named must not get it. */
export const NOT_THEM = pattern`\b${[
  /(?:not|never) (?:with|to) (?:them|him|her)/,
  /(?:do not|don't) (?:give|hand|leave) (?:it|them|that) (?:to|with) (?:them|him|her)/,
  /any(?:one|body) but (?:them|him|her)/,
  /no con (?:el|ella|ellos|ellas)/,
  /(?:menos|excepto) (?:el|ella|ellos|ellas)/,
  /no se l[oa] (?:den|de|dejen|deje|entreguen|entregue) a (?:el|ella|ellos|ellas)/,
]}(?: |$)`;
/** Words for the condition that another person is not there. */
export const OTHERS_ABSENCE =
  /\b(?:he|she|they|he's|she's|they're)\b|\bno (?:esta|estan|contesta|contestan|abre|abren|se encuentra)\b/;
/** Words after staff stating that they ask the agent for something. */
export const ASKS = /^(?:\w+ ){0,4}(?:ask|asks|pide|piden|pedir|preguntan?|preguntar)\b/;
/** Words stating that a person lives nearby. */
export const NEARBY = pattern`\b${[
  'next door',
  /neighbou?r\w*/,
  /across the (?:hall|street|road|way|landing)/,
  /vecin\w+/,
  'de enfrente',
  'de al lado',
]}\b`;
