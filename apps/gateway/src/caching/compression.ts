import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import type { CachedAnswer } from './cached-answer.js';

/** Below this, headers and effort outweigh what is saved. */
export const COMPRESSION_THRESHOLD = 1_024;
/** As good as gzip's best at a fifth of the time; the default, 11, is meant for files that are compressed once. */
export const BROTLI_QUALITY = 4;

const zip = promisify(gzip);
const brotli = promisify(brotliCompress);

/** What the client takes and we would send: `br`, `gzip`, or nothing. */
export function encodingOf({ headers }: Pick<FastifyRequest, 'headers'>): '' | 'br' | 'gzip' {
  const accepted = headers['accept-encoding'];
  if (typeof accepted !== 'string') return '';
  const refused = /;\s*q=0(\.0*)?\s*(,|$)/.test(accepted);
  // Somebody who weighs encodings is served plainly rather than wrongly.
  if (refused) return '';
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : '';
}

/** A body as it is sent and cached. */
export async function compressed(body: string, encoding: '' | 'br' | 'gzip', etag: string): Promise<CachedAnswer> {
  const plain = Buffer.from(body);
  if (encoding === '' || plain.length < COMPRESSION_THRESHOLD) return { etag, encoding: '', body: plain };
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  return { etag, encoding, body: await (encoding === 'br' ? brotli(plain, { params }) : zip(plain)) };
}
