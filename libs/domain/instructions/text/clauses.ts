/** A stretch of a folded text that makes one statement. */
export interface Clause {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The words that join it to the one before. */
  readonly opening: 'condition' | 'exception' | 'contrast' | 'plain';
}

/** Words that open a new statement; a recogniser seldom writes the comma. */
const BOUNDARY =
  /\b(but|however|although|though|because|otherwise|except|unless|in case|if|so (?=i|you|just|please|leave|put|come|(any ?time )?(after|before|from|between|all day))|and (?=(i|i'm|i'll|we|we're|we'll|my|the|there|leave|put|please|don't|do not|ring|knock|call|give|if|nobody|no one|somebody|someone|then|he|she|they|(get|come|be) (home|back)|back (at|by|around)|home (at|by|around))\b)|or (?=(if|you can|just)\b)|then (?=(i|you|we|please|just|leave)\b)|please (?=(leave|put|call|ring|don't|do not|give)\b)|pero|aunque|porque|excepto|salvo|menos|si (?=(no|estoy|hay)\b)|por si|y (?=(estoy|estare|despues|luego|deje\w*|no|por favor|si|mi)\b))/g;

/** Cuts a text where a new statement begins: at punctuation of the original and at joining words. */
export function splitClauses(text: string, folded: string): Clause[] {
  const cuts = new Set<number>([0]);
  for (const match of text.matchAll(/[,;!?]\s|\.\s+(?!m\b)/g)) cuts.add(match.index + match[0].length);
  for (const match of folded.matchAll(BOUNDARY)) {
    if (!saysYes(text, folded, match.index)) cuts.add(match.index);
  }
  const starts = [...cuts].filter((cut) => cut < folded.length).sort((a, b) => a - b);
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? folded.length;
    const words = folded.slice(start, end);
    return { start, end, text: words, opening: saysYes(text, folded, start) ? 'plain' : openingOf(words) };
  });
}

/** Spanish "sí" at an index: by its accent, or, as recognisers often write none, where an answer begins with it. */
function saysYes(text: string, folded: string, index: number): boolean {
  if (!/^si\b/.test(folded.slice(index))) return false;
  return text.charAt(index + 1) === 'í' || (index === 0 && !/^si no\b/.test(folded));
}

function openingOf(words: string): Clause['opening'] {
  if (/^(and |or |so )?(if|in case|unless|when i'm (not|out)|si|por si)\b/.test(words)) return 'condition';
  if (/^(except|but not|excepto|salvo|menos|pero no (por|en|a|de))\b/.test(words)) return 'exception';
  return /^(but|however|pero)\b/.test(words) ? 'contrast' : 'plain';
}
