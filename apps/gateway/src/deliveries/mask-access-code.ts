const HIDDEN = '••••';

/** What may hold the customer's own words, beside the instructions that were found in them. */
const WORDS: readonly string[] = ['transcript', 'text'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * A payload without what only the assigned agent may see: an access code, wherever it stands. Also where it was heard:
 * the words it was found in are cut out of the evidence and of the transcript beside it.
 */
export function maskAccessCode<P extends object>(payload: P): P {
  return masked(payload) as P;
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (!isFields(value)) return value;
  const heard = whereHeard(value);
  const hide = ([key, inner]: [string, unknown]): [string, unknown] => {
    if (key === 'accessCode' && isFields(inner)) return [key, withoutCode(inner)];
    if (heard && WORDS.includes(key) && typeof inner === 'string') return [key, cut(inner, heard)];
    return [key, masked(inner)];
  };
  return Object.fromEntries(Object.entries(value).map(hide));
}

/** The finding stays, so that one sees that there is a code. */
function withoutCode(finding: Fields): Fields {
  const { evidence, ...rest } = finding;
  return { ...rest, value: HIDDEN, ...(isFields(evidence) ? { evidence: { ...evidence, text: HIDDEN } } : {}) };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where in the words beside these instructions the code was said. */
function whereHeard({ instructions }: Fields): Span | undefined {
  const finding = isFields(instructions) ? instructions['accessCode'] : undefined;
  const evidence = isFields(finding) ? finding['evidence'] : undefined;
  if (!isFields(evidence)) return undefined;
  const { start, end } = evidence;
  return typeof start === 'number' && typeof end === 'number' && end > start ? { start, end } : undefined;
}

const cut = (words: string, { start, end }: Span): string => `${words.slice(0, start)}${HIDDEN}${words.slice(end)}`;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
