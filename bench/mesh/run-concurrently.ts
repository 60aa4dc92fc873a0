/**
 * Runs `work` for 0 … count - 1, in order, with at most `maxConcurrent` at the same time.
 *
 * @throws The first error by worker, after every worker has ended.
 */
export async function runConcurrently(
  count: number,
  maxConcurrent: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  const results = await Promise.allSettled(Array.from({ length: Math.min(count, maxConcurrent) }, worker));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
