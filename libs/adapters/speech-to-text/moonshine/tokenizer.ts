/** The token ID that starts a text. */
export const beginOfText = 1;
/** The token ID that ends a text. */
export const endOfText = 2;

/** The character that SentencePiece uses for a space. */
const SPACE_MARK = '▁';

/**
 * Parses Moonshine's `tokenizer.bin`: for each token its length in bytes and its bytes. The length is one byte, or two
 * bytes if the first is at least 128: first - 128 + 128 * second. An empty entry is an unused ID.
 * @throws RangeError if the file is truncated
 */
export function parseVocabulary(file: Buffer): readonly Buffer[] {
  const tokens: Buffer[] = [];
  let offset = 0;
  while (offset < file.length) {
    let length = file.readUInt8(offset++);
    if (length >= 128) length = length - 128 + 128 * file.readUInt8(offset++);
    if (offset + length > file.length) {
      throw new RangeError(`Token ${tokens.length} of the vocabulary is truncated; download the model files again.`);
    }
    tokens.push(file.subarray(offset, offset + length));
    offset += length;
  }
  return tokens;
}

/** Decodes token IDs to text. Joins the bytes before decoding, because a character may span several tokens. */
export function decodeTokens(vocabulary: readonly Buffer[], ids: readonly number[]): string {
  const specialIds = new Set([0, beginOfText, endOfText]);
  const bytes = ids.filter((id) => !specialIds.has(id)).map((id) => vocabulary[id] ?? Buffer.alloc(0));
  return Buffer.concat(bytes).toString('utf8').replaceAll(SPACE_MARK, ' ').replace(/\s+/g, ' ').trim();
}
