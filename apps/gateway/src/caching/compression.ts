import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import type { CachedResponse } from './cached-response.js';

/** Bytes. Below this size, headers and CPU time outweigh what compression saves. */
export const COMPRESSION_THRESHOLD = 1_024;
/**
 * Between 0 and 11. Compresses as well as gzip's best level in a fifth of the time. The default, 11, is meant for files
 * that are compressed once.
 */
export const BROTLI_QUALITY = 4;

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

/** Chooses the content encoding from `Accept-Encoding`: `br`, `gzip`, or none (the empty string). */
export function negotiateEncoding({ headers }: Pick<FastifyRequest, 'headers'>): '' | 'br' | 'gzip' {
  const accepted = headers['accept-encoding'];
  if (typeof accepted !== 'string') return '';
  const hasRefusals = /;\s*q=0(\.0*)?\s*(,|$)/.test(accepted);
  // A client that refuses encodings by `q=0` gets an uncompressed body; the header is not parsed further.
  if (hasRefusals) return '';
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : '';
}

/** Compresses a body, unless it is too small, into the form in which it is sent and cached. */
export async function compressBody(body: string, encoding: '' | 'br' | 'gzip', etag: string): Promise<CachedResponse> {
  const plainBody = Buffer.from(body);
  if (encoding === '' || plainBody.length < COMPRESSION_THRESHOLD) return { etag, encoding: '', body: plainBody };
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: plainBody.length,
  };
  return {
    etag,
    encoding,
    body: await (encoding === 'br' ? brotliAsync(plainBody, { params }) : gzipAsync(plainBody)),
  };
}
