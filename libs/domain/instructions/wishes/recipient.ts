import { evidenceAt } from '../text/find-phrase.js';
import { fold } from '../text/fold.js';
import type { Found, Recipient } from '../model/types.js';

const TITLE = String.raw`(?:mister|missus|mrs|mr|ms|miss|doctor|dr|senora|senor|sra|sr|don|dona)\.?`;
const RELATION =
  'wife|husband|partner|mother|mom|mum|father|dad|son|daughter|brother|sister|roommate|room mate|flatmate|housemate|grandmother|grandfather|grandma|grandpa|aunt|uncle|cousin|nanny|cleaner|friend|colleague|tenant|girlfriend|boyfriend|esposa|esposo|marido|mujer|madre|mama|padre|papa|hijo|hija|hermano|hermana|abuela|abuelo|suegra';
const NEIGHBOUR = String.raw`neighbou?rs?|vecin[oa]s?|try(?= (?:number|apartment|flat|unit|house))|(?:people|folks|lady|woman|man|guy|couple|family|chap|bloke|gentleman|girl|boy|kid|senor|senora|muchach[oa])(?: (?:upstairs|downstairs|next door|opposite|across the \w+))?(?= (?:at|in|from|del?) (?:number|apartment|flat|unit|house|apartamento|departamento|numero|\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty))|next door(?= (?:at )?(?:number|apartment|flat|unit|house))`;
const NAME = String.raw`[a-z][a-z'-]+`;
const NUMBER_WORD =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|zero|oh|sixty|seventy|eighty|ninety|hundred|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|veinte';
const UNIT = String.raw`(?:\d{1,4} ?[a-z]?\b|(?:(?:${NUMBER_WORD})\b[ -]?)+(?:[a-h]\b)?)`;

/** Words that stand where a name could and are none. */
const NO_NAME = new Set(
  'the my our your his her their its a an any one is are was will would can could should if when who that which and or but at in on to for with from of by next across opposite upstairs downstairs please so because as it there here he she they we you i has have had knows takes take name named called door house number flat apartment unit if not no also usually always just instead then too or else somebody someone anyone whoever reception receptionist front concierge back porch garage me us him them person people lady man guy driver signature otherwise ring knock whenever maybe around again try la el los las un una que y si por en con de del su mi al es esta puede'.split(
    ' ',
  ),
);

const PATTERNS: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:${NEIGHBOUR}|${RELATION})(?:'s)?(?: (?:her|his|whose|the))? name is (?<name>${NAME})`,
    'g',
  ),
  new RegExp(String.raw`\b(?:called|named|llamad[oa]|se llama) (?<name>(?:${TITLE} )?${NAME})`, 'g'),
  new RegExp(String.raw`\b(?<name>${TITLE} ${NAME})`, 'g'),
  new RegExp(String.raw`\b(?:${NEIGHBOUR}|(?:my|our) (?:${RELATION})|mi (?:${RELATION})) (?<name>${NAME})`, 'g'),
  new RegExp(String.raw`\b(?:her|his) name(?: is|'s) (?<name>${NAME})`, 'g'),
  new RegExp(
    String.raw`\b(?:leave|left|drop|give|hand|deliver|bring|take|deje|dejelo|dejala|entregue|entreguelo|entreguela|dele)(?: \w+){0,4} (?:with|to|con|a) (?<name>${NAME})(?= (?:at|in|next|across|from|upstairs|downstairs|opposite|on|del|de la|en))`,
    'g',
  ),
  new RegExp(String.raw`\b(?:ask for|pregunte por) (?<name>(?:${TITLE} )?${NAME})`, 'g'),
];

const UNIT_AFTER = new RegExp(
  String.raw`\b(?:(?:apartment|apt|flat|unit|number|suite|room|house|house number|no|apartamento|departamento|depto|piso|numero|casa)\.? (?<named>${UNIT})|(?:at|in|from|en el|en la|del?) (?<bare>${UNIT})(?! ?(?:a\.? ?m|p\.? ?m|o'?clock|minutes|hours|the)))`,
);

/** Another person who takes the parcel, with a name or a unit; `null` where neither is said. */
export function findRecipient(text: string): Found<Recipient> | null {
  const folded = fold(text);
  for (const pattern of PATTERNS) {
    for (const match of folded.matchAll(pattern)) {
      const name = match.groups?.['name'] ?? '';
      if (name.split(' ').some((word) => NO_NAME.has(word) || /(ing|'s|n't)$/.test(word))) continue;
      const end = match.index + match[0].length;
      if (!takesTheParcel(folded, match.index, end)) continue;
      const after = unitAfter(folded, end);
      const before = after ? null : neighbourWithUnit(folded.slice(0, match.index));
      const unit = after ?? before?.unit;
      return {
        value: { name: titleCase(name), unit: unit?.value ?? null },
        confidence: 0.85,
        evidence: evidenceAt(text, before?.start ?? match.index, Math.max(unit?.end ?? end, end)),
      };
    }
  }
  const neighbour = neighbourWithUnit(folded);
  if (!neighbour) return null;
  const { unit, start } = neighbour;
  return { value: { name: null, unit: unit.value }, confidence: 0.8, evidence: evidenceAt(text, start, unit.end) };
}

/** A neighbour by the number of the door: "my neighbour in number twelve". */
function neighbourWithUnit(folded: string): { start: number; unit: { value: string; end: number } } | null {
  for (const match of folded.matchAll(new RegExp(String.raw`\b(?:${NEIGHBOUR})\b`, 'g'))) {
    const unit = unitAfter(folded, match.index + match[0].length);
    if (unit) return { start: match.index, unit };
  }
  return null;
}

/** A person who is named without taking anything ("my son max is asleep") is no recipient. */
const takesTheParcel = (folded: string, start: number, end: number): boolean =>
  /\b(leave|left|drop|give|hand|deliver|bring|take|ask for|deje\w*|entregue\w*|dele|pregunte por|neighbou?rs?|vecin[oa]s?)\b/.test(
    folded.slice(Math.max(0, start - 60), start + 12),
  ) ||
  /^( \w+){0,3} (will|can|is going to|could|puede|va a|estara)( \w+){0,2} (take|accept|sign|receive|get|collect|be|pick|grab|home|there|recibir\w*|firmar|estar|en casa)\b/.test(
    folded.slice(end),
  ) ||
  /^ (is|will be|'ll be) (home|here|there|in)\b/.test(folded.slice(end));

function unitAfter(folded: string, from: number): { value: string; end: number } | null {
  const near = folded.slice(from, from + 45);
  const match = UNIT_AFTER.exec(near);
  const said = match?.groups?.['named'] ?? match?.groups?.['bare'];
  if (!match || said === undefined || /\b(but|after|before|until|code)\b/.test(near.slice(0, match.index))) return null;
  const value = unitValue(said);
  return value === null ? null : { value, end: from + match.index + match[0].trimEnd().length };
}

const TENS: Readonly<Record<string, number>> = {
  ...{ twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90 },
};
const NAUGHT = new Set(['zero', 'oh']);
const SPANISH =
  'uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte'.split(
    ' ',
  );
const SMALL = NUMBER_WORD.split('|').slice(0, 19);

/** "Twenty two b" → "22B", "four oh"… only what reads as one number. */
function unitValue(said: string): string | null {
  const words = said.trim().split(/[ -]+/);
  let digits = '';
  let tens = 0;
  let letter = '';
  for (const word of words) {
    const compact = /^(\d+)([a-z]?)$/.exec(word);
    if (compact) {
      digits += compact[1] ?? '';
      letter += compact[2] ?? '';
    } else if (TENS[word] !== undefined) {
      tens = TENS[word];
    } else if (NAUGHT.has(word)) {
      digits += tens > 0 ? `${tens}0` : '0';
      tens = 0;
    } else if (word === 'hundred') {
      digits += '00';
    } else if (SPANISH.includes(word)) {
      digits += String(SPANISH.indexOf(word) + 1);
    } else if (SMALL.includes(word)) {
      digits += String(tens + SMALL.indexOf(word) + 1);
      tens = 0;
    } else if (/^[a-z]$/.test(word)) {
      letter += word;
    } else {
      return null;
    }
  }
  if (tens > 0) digits += String(tens);
  return digits === '' ? null : digits + letter.toUpperCase();
}

const titleCase = (name: string): string =>
  name.replace(/(^|[\s'-])([a-z])/g, (_, gap: string, letter: string) => gap + letter.toUpperCase());
