const MASK = '••••';

/** Fields next to `instructions` that may hold the text from which the instructions were extracted. */
const TRANSCRIPT_FIELDS: readonly string[] = ['transcript', 'text'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Masks access codes everywhere in a payload, because only the assigned agent may see them. The words that state a code
 * are also masked, in the evidence and in the transcript next to the instructions.
 */
export function maskAccessCode<P extends object>(payload: P): P {
  return maskValue(payload) as P;
}

function maskValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskValue);
  if (!isFields(value)) return value;
  const span = findCodeSpan(value);
  const maskField = ([key, fieldValue]: [string, unknown]): [string, unknown] => {
    if (key === 'accessCode' && isFields(fieldValue)) return [key, maskFinding(fieldValue)];
    if (span && TRANSCRIPT_FIELDS.includes(key) && typeof fieldValue === 'string')
      return [key, maskSpan(fieldValue, span)];
    return [key, maskValue(fieldValue)];
  };
  return Object.fromEntries(Object.entries(value).map(maskField));
}

/** Masks the value of a finding but keeps the finding, so that the response still shows that a code exists. */
function maskFinding(finding: Fields): Fields {
  const { evidence, ...rest } = finding;
  return { ...rest, value: MASK, ...(isFields(evidence) ? { evidence: { ...evidence, text: MASK } } : {}) };
}

/** Offsets in the transcript, in UTF-16 code units; `end` is exclusive. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Returns the position of the code in the transcript next to these instructions. */
function findCodeSpan({ instructions }: Fields): Span | undefined {
  const finding = isFields(instructions) ? instructions['accessCode'] : undefined;
  const evidence = isFields(finding) ? finding['evidence'] : undefined;
  if (!isFields(evidence)) return undefined;
  const { start, end } = evidence;
  return typeof start === 'number' && typeof end === 'number' && end > start ? { start, end } : undefined;
}

const maskSpan = (transcript: string, { start, end }: Span): string =>
  `${transcript.slice(0, start)}${MASK}${transcript.slice(end)}`;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
