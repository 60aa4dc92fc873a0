/**
 * Formats a plain-text table with aligned columns. Long cells wrap at spaces.
 * @param widths column widths in characters
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): string {
  const wrap = (text: string, width: number): string[] => {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(' ')) {
      if (line !== '' && line.length + word.length + 1 > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
  };
  const render = (row: readonly string[]): string[] => {
    const cells = row.map((text, column) => wrap(text, widths[column] ?? 20));
    const height = Math.max(...cells.map((lines) => lines.length));
    return Array.from({ length: height }, (_line, index) =>
      cells
        .map((lines, column) => (lines[index] ?? '').padEnd(widths[column] ?? 20))
        .join('  ')
        .trimEnd(),
    );
  };
  return [...render(headings), ...render(widths.map((width) => '─'.repeat(width))), ...rows.flatMap(render)].join('\n');
}
