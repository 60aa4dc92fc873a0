import { escapeHtml, Html } from './html.js';

/**
 * The Markdown our own documents are written in: headings, paragraphs, lists, tables, fenced code; code, bold and links
 * within lines. HTML in it is shown, never taken.
 */
export function markdown(source: string): Html {
  const blocks = source
    .replaceAll('\r', '')
    .trim()
    .split(/\n{2,}/);
  return new Html(joinFences(blocks).map(block).join('\n'));
}

/** One line or paragraph, without a paragraph around it. */
export const inlineMarkdown = (source: string): Html => new Html(inline(source));

/** A blank line inside a fence ends no block. */
function joinFences(blocks: readonly string[]): string[] {
  const joined: string[] = [];
  let open = false;
  for (const part of blocks) {
    if (open) joined[joined.length - 1] += `\n\n${part}`;
    else joined.push(part);
    if ((part.match(/^```/gm)?.length ?? 0) % 2 === 1) open = !open;
  }
  return joined;
}

function block(text: string): string {
  const heading = /^(#{1,4}) (.+)$/.exec(text.split('\n', 1)[0] ?? '');
  if (heading?.[1] && heading[2]) {
    const level = heading[1].length;
    const rest = text.split('\n').slice(1).join('\n').trim();
    return `<h${level}>${inline(heading[2])}</h${level}>${rest === '' ? '' : block(rest)}`;
  }
  if (text.startsWith('```')) return `<pre><code>${escapeHtml(text.replace(/^```\w*\n|\n?```$/g, ''))}</code></pre>`;
  if (/^[-*] /.test(text)) return `<ul>${items(text, /^[-*] /)}</ul>`;
  if (/^\d+\. /.test(text)) return `<ol>${items(text, /^\d+\. /)}</ol>`;
  if (text.startsWith('|')) return table(text);
  return `<p>${inline(text)}</p>`;
}

function items(text: string, marker: RegExp): string {
  const found: string[] = [];
  for (const line of text.split('\n')) {
    if (marker.test(line)) found.push(line.replace(marker, ''));
    else found[found.length - 1] += ` ${line.trim()}`;
  }
  return found.map((item) => `<li>${inline(item)}</li>`).join('');
}

function table(text: string): string {
  const [head = [], , ...rows] = text.split('\n').map((line) => line.split('|').slice(1, -1));
  const row = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${inline(cell.trim())}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${row(head, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}

/** Code is taken out first: nothing inside it means anything. */
function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`') && part.length > 2
        ? `<code>${escapeHtml(part.slice(1, -1))}</code>`
        : escapeHtml(part)
            .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
            .replace(/\[([^\]]+)\]\(((?:\/|#|https:\/\/)[^)\s]*)\)/g, '<a href="$2">$1</a>'),
    )
    .join('');
}
