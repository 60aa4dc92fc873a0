/** Marks of the vocabulary: a sentence's beginning and its end. */
export const beginOfText = 1;
export const endOfText = 2;

/** SentencePiece writes a space as this character. */
const spaceMark = '▁';

/**
 * Reads Moonshine's `tokenizer.bin`: for each token its length in bytes (one byte, or two when the first is 128 or
 * more: the lower part minus 128, plus 128 times the second) and its bytes. An empty entry is an unused id.
 * @throws RangeError when the file is cut off
 */
export function parseVocabulary(file: Buffer): readonly Buffer[] {
  const tokens: Buffer[] = [];
  let offset = 0;
  while (offset < file.length) {
    let length = file.readUInt8(offset++);
    if (length >= 128) length = length - 128 + 128 * file.readUInt8(offset++);
    if (offset + length > file.length) {
      throw new RangeError(`Token ${tokens.length} of the vocabulary is cut off; fetch the model's files again.`);
    }
    tokens.push(file.subarray(offset, offset + length));
    offset += length;
  }
  return tokens;
}

/** Ids to text. Bytes are joined before decoding, since a character may be spread over tokens. */
export function decodeTokens(vocabulary: readonly Buffer[], ids: readonly number[]): string {
  const special = new Set([0, beginOfText, endOfText]);
  const bytes = ids.filter((id) => !special.has(id)).map((id) => vocabulary[id] ?? Buffer.alloc(0));
  return Buffer.concat(bytes).toString('utf8').replaceAll(spaceMark, ' ').replace(/\s+/g, ' ').trim();
}
