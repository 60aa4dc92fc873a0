/** The GSM 03.38 alphabet. Each character of the extended set takes two septets. */
const basicSet = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extendedSet = new Set('^{}\\[~]|€\f');

/**
 * Counts the segments in which a text is sent and billed. GSM-7: 160 septets, or 153 per part of a longer text.
 * UCS-2: 70 UTF-16 code units, or 67 per part.
 */
export function smsSegments(text: string): number {
  const characters = [...text];
  if (characters.every((character) => basicSet.has(character) || extendedSet.has(character))) {
    const septets = characters.reduce((sum, character) => sum + (extendedSet.has(character) ? 2 : 1), 0);
    return septets <= 160 ? 1 : Math.ceil(septets / 153);
  }
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}
