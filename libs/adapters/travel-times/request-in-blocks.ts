import type { Position } from '#libs/domain/geo/index.js';

type Times = (number | null)[][];

/**
 * Requests a large matrix sequentially, in blocks that the server accepts.
 * @param side maximum number of positions on either side of a block
 */
export async function requestInBlocks(
  from: readonly Position[],
  to: readonly Position[],
  side: number,
  requestBlock: (from: readonly Position[], to: readonly Position[]) => Promise<Times>,
): Promise<Times> {
  const times: Times = from.map(() => []);
  for (let row = 0; row < from.length; row += side) {
    for (let column = 0; column < to.length; column += side) {
      const block = await requestBlock(from.slice(row, row + side), to.slice(column, column + side));
      block.forEach((part, index) => times[row + index]?.push(...part));
    }
  }
  return times;
}
