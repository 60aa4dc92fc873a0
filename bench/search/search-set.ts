import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const searchSet = z.strictObject({
  documents: z.array(z.strictObject({ id: z.string().min(1), text: z.string().min(1) })).min(1),
  queries: z
    .array(z.strictObject({ text: z.string().min(1), relevant: z.record(z.string(), z.number().int().min(1).max(3)) }))
    .min(1),
});

/**
 * Documents, and for each query the grades (1 to 3) of its relevant documents; a document without a grade is
 * irrelevant.
 */
export type SearchSet = z.infer<typeof searchSet>;

/** The set cannot be evaluated. The message lists everything that is wrong with it. */
export class SearchSetError extends Error {
  override readonly name = 'SearchSetError';
  readonly code = 'set_invalid';
}

const MAX_REPORTED_ISSUES = 20;

/**
 * Reads a search set.
 *
 * @throws SearchSetError if a field is invalid, or a relevant document is not in the set; the message names the fields.
 */
export async function readSearchSet(file: string): Promise<SearchSet> {
  const parsed = searchSet.safeParse(parseJson(await readFile(file, 'utf8')));
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new SearchSetError(`${file}:\n  ${issues.slice(0, MAX_REPORTED_ISSUES).join('\n  ')}`);
  }
  const documentIds = new Set(parsed.data.documents.map(({ id }) => id));
  if (documentIds.size < parsed.data.documents.length)
    throw new SearchSetError(`${file}: two documents have the same id.`);
  const unknownIds = parsed.data.queries.flatMap(({ relevant }) =>
    Object.keys(relevant).filter((id) => !documentIds.has(id)),
  );
  if (unknownIds.length > 0)
    throw new SearchSetError(
      `${file}: queries refer to unknown documents: ${unknownIds.slice(0, MAX_REPORTED_ISSUES).join(', ')}.`,
    );
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
