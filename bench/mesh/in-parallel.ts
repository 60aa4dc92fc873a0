/**
 * Does `work` for 0 … count - 1 with at most `most` at once, in order of beginning.
 * @throws the first error, when what had begun has ended
 */
export async function inParallel(count: number, most: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(count, most) }, worker));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
