import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contentTag, isKnown } from '../caching/caching.module.js';
import { once, type OpenApiDocument } from '../openapi/openapi.module.js';
import { Problem } from '../problems/problems.module.js';
import { framed } from './frame.js';
import { referencePages, type WrittenPages } from './pages.js';
import { STYLE } from './style.js';

/** Nothing but our own stylesheet: no script, no picture, no frame. */
const POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

interface File {
  readonly type: string;
  readonly text: string;
  readonly etag: string;
}

/** The readable reference below `/docs`, for anybody; rendered when it is first asked for. */
export function serveDocs(server: FastifyInstance, documentOf: () => OpenApiDocument, written: WrittenPages): void {
  const filesOf = once(() => renderedFiles(documentOf(), written));
  const answer = (request: FastifyRequest, reply: FastifyReply, name: string): FastifyReply => {
    const file = filesOf().get(name);
    if (!file) throw Problem.of('unknown_path', 'The chapters of the reference are listed at /docs.');
    void reply.headers({ etag: file.etag, 'cache-control': 'public, max-age=300', 'content-security-policy': POLICY });
    if (isKnown(request.headers['if-none-match'], file.etag)) return reply.status(304).send();
    return reply.type(`${file.type}; charset=utf-8`).send(file.text);
  };
  server.get('/docs', (request, reply) => answer(request, reply, ''));
  server.get<{ Params: { page: string } }>('/docs/:page', (request, reply) =>
    answer(request, reply, request.params.page),
  );
}

function renderedFiles(document: OpenApiDocument, written: WrittenPages): ReadonlyMap<string, File> {
  const pages = referencePages(document, written);
  const files = new Map(
    pages.map((page) => [page.slug, fileOf('text/html', framed(page, pages, document.info.title))]),
  );
  return files.set('style.css', fileOf('text/css', STYLE));
}

const fileOf = (type: string, text: string): File => ({ type, text, etag: contentTag(text) });

/** The texts that people write, wherever this runs: beside the sources, the build, or in an image. */
export async function readWrittenPages(): Promise<WrittenPages> {
  const folder = folderAbove(import.meta.dirname);
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  return { changelog: await read('CHANGELOG.md'), policy: await read('policy.md') };
}

function folderAbove(start: string): string {
  const folder = join(start, 'docs', 'api');
  if (existsSync(folder)) return folder;
  if (dirname(start) === start)
    throw new Error('The folder docs/api is missing; the gateway shows its pages at /docs.');
  return folderAbove(dirname(start));
}
