import { html, type Html } from './html.js';
import type { Page } from './pages.js';

const pathOf = ({ slug }: Page): string => (slug === '' ? '/docs' : `/docs/${slug}`);

/** A whole page: the list of chapters beside what the page says. */
export function framed(page: Page, pages: readonly Page[], title: string): string {
  const link = (to: Page): Html =>
    html`<li><a href="${pathOf(to)}" ${to === page && html`aria-current="page"`}>${to.title}</a></li>`;
  return `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${page.slug === '' ? title : `${page.title} · ${title}`}</title>
        <link rel="stylesheet" href="/docs/style.css" />
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <nav aria-label="Chapters">
          <p class="brand">
            <a href="/docs">DelAuto <span>API</span></a>
          </p>
          <ul>
            ${pages.map(link)}
          </ul>
        </nav>
        <main id="content">${page.body}</main>
      </body>
    </html>`.text
  }\n`;
}
