import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { INTENTS, TAGS, type Intent, type Tag } from '#libs/domain/instructions/reading/labels.js';

const marked = z.strictObject({
  id: z.string(),
  lang: z.string(),
  q: z.enum(['open', 'availability', 'instructions']),
  t: z.string(),
  i: z.array(z.enum(INTENTS)),
});

/** Words to which a tag belongs. */
export interface MarkedSpan {
  readonly tag: Tag;
  readonly start: number;
  readonly end: number;
}

/** A training utterance: its words without the marks, and what they mean. */
export interface MarkedUtterance {
  readonly id: string;
  readonly locale: string;
  readonly question: 'open' | 'availability' | 'instructions';
  readonly text: string;
  readonly spans: readonly MarkedSpan[];
  readonly intents: ReadonlySet<Intent>;
  /** The text with its marks, as it was written. */
  readonly marked: string;
}

/**
 * Reads every `*.jsonl` of a folder, in the order of their names.
 * @throws Error that names file and line of an invalid utterance
 */
export async function readMarkedUtterances(folder: string): Promise<MarkedUtterance[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return files.flatMap((content, file) =>
    content.split('\n').flatMap((line, index) => {
      if (line.trim() === '') return [];
      try {
        return [readMarkedUtterance(line)];
      } catch (error) {
        throw new Error(`${names[file] ?? ''}:${index + 1}: ${(error as Error).message}`, { cause: error });
      }
    }),
  );
}

function readMarkedUtterance(line: string): MarkedUtterance {
  const { id, lang, q, t, i } = marked.parse(JSON.parse(line));
  return { id, locale: lang, question: q, ...readMarks(t), intents: new Set(i), marked: t };
}

/** Reads the marks `{tag:words}` of a text. */
export function readMarks(text: string): { text: string; spans: MarkedSpan[] } {
  const spans: MarkedSpan[] = [];
  let plain = '';
  let from = 0;
  for (const match of text.matchAll(/\{([a-z]+):([^{}]+)\}/g)) {
    const [whole, name = '', words = ''] = match;
    const tag = TAGS.find((one) => one === name);
    if (tag === undefined) throw new Error(`There is no tag "${name}".`);
    plain += text.slice(from, match.index);
    spans.push({ tag, start: plain.length, end: plain.length + words.length });
    plain += words;
    from = match.index + whole.length;
  }
  plain += text.slice(from);
  if (/[{}]/.test(plain)) throw new Error('A mark is not closed.');
  return { text: plain, spans };
}
