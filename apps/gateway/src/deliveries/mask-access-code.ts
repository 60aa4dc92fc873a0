const MASK = '••••';

/** Fields beside `instructions` that may hold the words in which the instructions were found. */
const TRANSCRIPT_FIELDS: readonly string[] = ['transcript', 'text'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Masks access codes everywhere in a payload, because only the assigned agent may see them. The words in which a code
 * was found are masked in the evidence and in the transcript beside the instructions.
 */
export function maskAccessCode<P extends object>(payload: P): P {
  return maskValue(payload) as P;
}

function maskValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskValue);
  if (!isFields(value)) return value;
  const span = findCodeSpan(value);
  const maskField = ([key, inner]: [string, unknown]): [string, unknown] => {
    if (key === 'accessCode' && isFields(inner)) return [key, maskFinding(inner)];
    if (span && TRANSCRIPT_FIELDS.includes(key) && typeof inner === 'string') return [key, maskSpan(inner, span)];
    return [key, maskValue(inner)];
  };
  return Object.fromEntries(Object.entries(value).map(maskField));
}

/** Keeps the finding, so that readers see that a code exists. */
function maskFinding(finding: Fields): Fields {
  const { evidence, ...rest } = finding;
  return { ...rest, value: MASK, ...(isFields(evidence) ? { evidence: { ...evidence, text: MASK } } : {}) };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Returns the position of the code in the transcript beside these instructions. */
function findCodeSpan({ instructions }: Fields): Span | undefined {
  const finding = isFields(instructions) ? instructions['accessCode'] : undefined;
  const evidence = isFields(finding) ? finding['evidence'] : undefined;
  if (!isFields(evidence)) return undefined;
  const { start, end } = evidence;
  return typeof start === 'number' && typeof end === 'number' && end > start ? { start, end } : undefined;
}

const maskSpan = (words: string, { start, end }: Span): string => `${words.slice(0, start)}${MASK}${words.slice(end)}`;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
