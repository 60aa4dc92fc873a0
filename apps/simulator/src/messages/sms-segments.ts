/** The basic character set of GSM 03.38. Each character takes one septet. */
const BASIC_SET = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** The extension table of GSM 03.38. Each character takes two septets. */
const EXTENDED_SET = new Set('^{}\\[~]|€\f');

/**
 * Counts the segments in which a text is sent and billed. GSM-7: 160 septets, or 153 per part of a longer text.
 * UCS-2: 70 UTF-16 code units, or 67 per part.
 */
export function countSmsSegments(text: string): number {
  const characters = [...text];
  if (characters.every((character) => BASIC_SET.has(character) || EXTENDED_SET.has(character))) {
    const septets = characters.reduce((sum, character) => sum + (EXTENDED_SET.has(character) ? 2 : 1), 0);
    return septets <= 160 ? 1 : Math.ceil(septets / 153);
  }
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}
