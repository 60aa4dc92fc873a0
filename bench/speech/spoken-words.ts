const ONES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
] as const;
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const;
const ORDINALS: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/**
 * Splits a text into words that are comparable: lower case, no punctuation, digits spelled out, "p.m." as
 * "p m". Numbers up to 99 are spelled as numbers; longer ones and those with a leading zero digit by digit, as codes
 * and telephone numbers are.
 */
export function spokenWords(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/\b([ap])\.\s?m\b\.?/g, ' $1 m ')
    .replace(/(\d)\s*([ap])m\b/g, '$1 $2 m ')
    .replace(/\bpm\b/g, 'p m')
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(/\b(\d{1,2})(?:st|nd|rd|th)\b/g, (_match, digits: string) => ` ${ordinal(Number(digits))} `)
    .replace(/\d+/g, (digits) => ` ${spellDigits(digits)} `)
    .replace(/'/g, '')
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '');
}

function spellDigits(digits: string): string {
  const isCode = digits.length > 2 || (digits.length === 2 && digits.startsWith('0'));
  return isCode ? [...digits].map((digit) => ONES[Number(digit)]).join(' ') : cardinal(Number(digits));
}

/** @param number From 0 to 99. */
function cardinal(number: number): string {
  const small = ONES[number];
  if (small !== undefined) return small;
  const tens = TENS[Math.floor(number / 10)] ?? '';
  return number % 10 === 0 ? tens : `${tens} ${ONES[number % 10]}`;
}

function ordinal(number: number): string {
  const words = cardinal(number).split(' ');
  const last = words.pop() ?? '';
  const ordinalWord = ORDINALS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  return [...words, ordinalWord].join(' ');
}
