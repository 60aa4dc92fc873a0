/** Numbers between 0 and 1, the same in every run. */
export type Random = () => number;

/** A linear congruential generator (Numerical Recipes), so that every training run gives the same model. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const DIGITS: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  una: '1',
  dos: '2',
  tres: '3',
  cuatro: '4',
  cinco: '5',
  seis: '6',
  siete: '7',
  ocho: '8',
  nueve: '9',
  diez: '10',
  once: '11',
  doce: '12',
};
const WORDS_EN = Object.fromEntries(
  Object.entries(DIGITS)
    .slice(0, 12)
    .map(([word, digit]) => [digit, word]),
);
const WORDS_ES = Object.fromEntries(
  Object.entries(DIGITS)
    .slice(12)
    .map(([word, digit]) => [digit, word]),
);
const FILLERS_EN = ['um', 'uh', 'well', 'so', 'yeah', 'like', 'okay'];
const FILLERS_ES = ['este', 'pues', 'bueno', 'mire', 'oiga', 'o sea'];

/**
 * Varies a marked text as recognizers and thumbs do: signs, capitals, accents and apostrophes go, numbers change between
 * words and digits, fillers come. The marks stay.
 */
export function varyMarkedText(marked: string, language: 'en' | 'es', random: Random): string {
  let text = marked;
  if (random() < 0.5) text = text.replace(/(?<!\d)[,.;!?¿¡](?!\d)/g, '');
  if (random() < 0.6) text = text.toLowerCase();
  if (random() < 0.25) text = text.replace(/['’]/g, '');
  if (language === 'es' && random() < 0.4)
    text = text
      .normalize('NFD')
      .replace(/[\u0300\u0301]/g, '')
      .normalize('NFC');
  const way = random();
  if (way < 0.25) text = text.replace(/\b[a-z]+\b/g, (word) => (random() < 0.8 ? (DIGITS[word] ?? word) : word));
  else if (way < 0.4) {
    const names = language === 'es' ? WORDS_ES : WORDS_EN;
    text = text.replace(/(?<![\d:.])\b\d{1,2}\b(?![\d:.])/g, (digits) => names[digits] ?? digits);
  }
  const fillers = language === 'es' ? FILLERS_ES : FILLERS_EN;
  const filler = (): string => fillers[Math.floor(random() * fillers.length)] ?? '';
  if (random() < 0.2) text = `${filler()} ${text}`;
  if (random() < 0.1) text = text.replace(/ (?=[a-z]+ [^{}]*$)/, ` ${filler()} `);
  // Tags are lower case and hold no accents, so that only the words around and inside them have changed.
  return text;
}
