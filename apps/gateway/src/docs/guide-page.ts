import { marked } from 'marked';
import { framed } from './frame.js';

/** A guide as a page. @param markdown of our own: HTML in it is taken as it is */
export const guidePage = (title: string, markdown: string): string =>
  framed({
    title: `${title} · DelAuto API`,
    body: `<main>${marked.parse(markdown, { async: false })}</main>`,
  });
