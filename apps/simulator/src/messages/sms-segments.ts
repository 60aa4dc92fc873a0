/** The GSM 03.38 alphabet; the second line's characters take two septets each. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('^{}\\[~]|€\f');

/** How many segments a text is sent (and billed) as: GSM-7 160 septets or 153 a part, else UCS-2 70 units or 67 a part. */
export function smsSegments(text: string): number {
  const characters = [...text];
  if (characters.every((character) => basic.has(character) || extended.has(character))) {
    const septets = characters.reduce((sum, character) => sum + (extended.has(character) ? 2 : 1), 0);
    return septets <= 160 ? 1 : Math.ceil(septets / 153);
  }
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}
