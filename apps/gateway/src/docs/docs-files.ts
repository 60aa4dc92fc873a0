import { Injectable } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { contentTag } from '../caching/caching.module.js';
import { ApiDocument } from '../openapi/openapi.module.js';
import { guidesFolder } from './guides-folder.js';
import { guidePage } from './guide-page.js';
import { problemsGuide } from './problems-guide.js';
import { INITIALIZER, referencePage } from './reference-page.js';
import { STYLE } from './style.js';

/** A file as it is served. */
export interface DocsFile {
  readonly type: 'text/html' | 'text/css' | 'text/javascript';
  readonly content: string | Buffer;
  readonly etag: string;
}

type Source = () => Promise<Omit<DocsFile, 'etag'>>;

/** Everything below `/docs` by name; each file is made when it is first asked for and then kept. */
@Injectable()
export class DocsFiles {
  private readonly made = new Map<string, Promise<DocsFile>>();
  private readonly sources: ReadonlyMap<string, Source>;

  /** @throws Error when the guides or Swagger UI are not installed, so that a gateway without them does not start */
  constructor(document: ApiDocument) {
    const guide = (title: string, file: string): Source => {
      const path = `${folder}/${file}`;
      return async () => page(guidePage(title, await readFile(path, 'utf8')));
    };
    const folder = guidesFolder();
    this.sources = new Map<string, Source>([
      ['', () => Promise.resolve(page(referencePage()))],
      ['webhook-events', guide('Webhooks', 'webhooks.md')],
      ['problems', () => Promise.resolve(page(guidePage('Problems', problemsGuide(document.read()))))],
      ['changelog', guide('Changelog', 'CHANGELOG.md')],
      ['policy', guide('Policy of changes', 'policy.md')],
      ['initializer.js', () => Promise.resolve({ type: 'text/javascript', content: INITIALIZER })],
      ['style.css', () => Promise.resolve({ type: 'text/css', content: STYLE })],
      ['swagger-ui.js', installed('swagger-ui-dist/swagger-ui-bundle.js', 'text/javascript')],
      ['swagger-ui.css', installed('swagger-ui-dist/swagger-ui.css', 'text/css')],
    ]);
  }

  /** @returns undefined for a name that no file has */
  read(name: string): Promise<DocsFile | undefined> {
    const source = this.sources.get(name);
    if (!source) return Promise.resolve(undefined);
    let file = this.made.get(name);
    if (!file) {
      file = source().then((made) => ({ ...made, etag: contentTag(made.content) }));
      this.made.set(name, file);
    }
    return file;
  }
}

const page = (content: string): Omit<DocsFile, 'etag'> => ({ type: 'text/html', content });

/** A file of an installed package. */
function installed(specifier: string, type: DocsFile['type']): Source {
  const path = fileURLToPath(import.meta.resolve(specifier));
  return async () => ({ type, content: await readFile(path) });
}
