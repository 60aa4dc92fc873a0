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

/** Generates or reads a file. */
type Source = () => Promise<Omit<DocsFile, 'etag'>>;

/** The files below `/docs` by name. Each file is generated on first request and then kept in memory. */
@Injectable()
export class DocsFiles {
  private readonly generated = new Map<string, Promise<DocsFile>>();
  private readonly sources: ReadonlyMap<string, Source>;

  /** @throws Error if the guides or Swagger UI are not installed, so that a gateway without them does not start */
  constructor(document: ApiDocument) {
    const createGuideSource = (title: string, file: string): Source => {
      const path = `${folder}/${file}`;
      return async () => toPage(renderGuidePage(title, await readFile(path, 'utf8')));
    };
    const folder = findGuidesFolder();
    this.sources = new Map<string, Source>([
      ['', () => Promise.resolve(toPage(renderReferencePage()))],
      ['webhook-events', createGuideSource('Webhooks', 'webhooks.md')],
      ['problems', () => Promise.resolve(toPage(renderGuidePage('Problems', renderProblemsGuide(document.read()))))],
      ['changelog', createGuideSource('Changelog', 'CHANGELOG.md')],
      ['policy', createGuideSource('Policy of changes', 'policy.md')],
      ['initializer.js', () => Promise.resolve({ type: 'text/javascript', content: INITIALIZER })],
      ['style.css', () => Promise.resolve({ type: 'text/css', content: STYLE })],
      ['swagger-ui.js', createPackageSource('swagger-ui-dist/swagger-ui-bundle.js', 'text/javascript')],
      ['swagger-ui.css', createPackageSource('swagger-ui-dist/swagger-ui.css', 'text/css')],
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

const toPage = (content: string): Omit<DocsFile, 'etag'> => ({ type: 'text/html', content });

/** Returns the source of a file in an installed package. */
function createPackageSource(specifier: string, type: DocsFile['type']): Source {
  const path = fileURLToPath(import.meta.resolve(specifier));
  return async () => ({ type, content: await readFile(path) });
}
