import { marked } from 'marked';
import { renderPage } from './render-page.js';

/**
 * Renders a guide.
 * @param markdown trusted text; HTML in it is not escaped
 */
export const renderGuidePage = (title: string, markdown: string): string =>
  renderPage({
    title: `${title} · DelAuto API`,
    body: `<main>${marked.parse(markdown, { async: false })}</main>`,
  });
