import { Injectable } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { toContentEtag } from '../caching/caching.module.js';
import { ApiDocument } from '../openapi/openapi.module.js';
import { findGuidesFolder } from './guides-folder.js';
import { renderGuidePage } from './guide-page.js';
import { renderProblemsGuide } from './problems-guide.js';
import { INITIALIZER, renderReferencePage } from './reference-page.js';
import { STYLE } from './style.js';

/** A file of the documentation site. */
export interface DocsFile {
  readonly type: 'text/html' | 'text/css' | 'text/javascript';
  readonly content: string | Buffer;
  readonly etag: string;
}

type Source = () => Promise<Omit<DocsFile, 'etag'>>;

/** The files below `/docs` by name. Each file is generated on first request and then kept in memory. */
@Injectable()
export class DocsFiles {
  private readonly generated = new Map<string, Promise<DocsFile>>();
  private readonly sources: ReadonlyMap<string, Source>;

  /** @throws Error if the guides or Swagger UI are not installed, so that a gateway without them does not start */
  constructor(document: ApiDocument) {
    const guide = (title: string, file: string): Source => {
      const path = `${folder}/${file}`;
      return async () => page(renderGuidePage(title, await readFile(path, 'utf8')));
    };
    const folder = findGuidesFolder();
    this.sources = new Map<string, Source>([
      ['', () => Promise.resolve(page(renderReferencePage()))],
      ['webhook-events', guide('Webhooks', 'webhooks.md')],
      ['problems', () => Promise.resolve(page(renderGuidePage('Problems', renderProblemsGuide(document.read()))))],
      ['changelog', guide('Changelog', 'CHANGELOG.md')],
      ['policy', guide('Policy of changes', 'policy.md')],
      ['initializer.js', () => Promise.resolve({ type: 'text/javascript', content: INITIALIZER })],
      ['style.css', () => Promise.resolve({ type: 'text/css', content: STYLE })],
      ['swagger-ui.js', packageFile('swagger-ui-dist/swagger-ui-bundle.js', 'text/javascript')],
      ['swagger-ui.css', packageFile('swagger-ui-dist/swagger-ui.css', 'text/css')],
    ]);
  }

  /** @returns undefined if there is no file with this name */
  read(name: string): Promise<DocsFile | undefined> {
    const source = this.sources.get(name);
    if (!source) return Promise.resolve(undefined);
    let file = this.generated.get(name);
    if (!file) {
      file = source().then((generated) => ({ ...generated, etag: toContentEtag(generated.content) }));
      this.generated.set(name, file);
    }
    return file;
  }
}

const page = (content: string): Omit<DocsFile, 'etag'> => ({ type: 'text/html', content });

/** Serves a file of an installed package. */
function packageFile(specifier: string, type: DocsFile['type']): Source {
  const path = fileURLToPath(import.meta.resolve(specifier));
  return async () => ({ type, content: await readFile(path) });
}
