import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const searchSet = z.strictObject({
  documents: z.array(z.strictObject({ id: z.string().min(1), text: z.string().min(1) })).min(1),
  queries: z
    .array(z.strictObject({ text: z.string().min(1), relevant: z.record(z.string(), z.number().int().min(1).max(3)) }))
    .min(1),
});

/** Texts, and for each query how relevant which of them are: 1 to 3; what is not named is not. */
export type SearchSet = z.infer<typeof searchSet>;

/** A set that cannot be evaluated, with everything that is wrong with it. */
export class SearchSetError extends Error {
  override readonly name = 'SearchSetError';
  readonly code = 'set_invalid';
}

const MOST_TOLD = 20;

/** @throws SearchSetError naming the fields; also for a relevant document that is not in the set */
export async function readSearchSet(file: string): Promise<SearchSet> {
  const read = searchSet.safeParse(jsonOf(await readFile(file, 'utf8')));
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new SearchSetError(`${file}:\n  ${wrong.slice(0, MOST_TOLD).join('\n  ')}`);
  }
  const known = new Set(read.data.documents.map(({ id }) => id));
  if (known.size < read.data.documents.length) throw new SearchSetError(`${file}: two documents have one id.`);
  const lost = read.data.queries.flatMap(({ relevant }) => Object.keys(relevant).filter((id) => !known.has(id)));
  if (lost.length > 0)
    throw new SearchSetError(`${file}: no document is called ${lost.slice(0, MOST_TOLD).join(', ')}.`);
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
