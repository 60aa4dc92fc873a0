import { marked } from 'marked';
import { framed } from './frame.js';

/**
 * Renders a guide.
 * @param markdown trusted text; HTML in it is not escaped
 */
export const guidePage = (title: string, markdown: string): string =>
  framed({
    title: `${title} · DelAuto API`,
    body: `<main>${marked.parse(markdown, { async: false })}</main>`,
  });
