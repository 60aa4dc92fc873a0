/** Splits a comma-separated variable into trimmed, non-empty items. An absent variable has no items. */
export const parseCommaList = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
