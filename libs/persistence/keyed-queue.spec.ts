import fc from 'fast-check';
import { KeyedQueue } from './keyed-queue.js';

describe('KeyedQueue', () => {
  it('runs work with the same key one at a time and in order, urgent work first, also after failures', async () => {
    const task = fc.record({ key: fc.constantFrom('a', 'b', 'c'), fails: fc.boolean(), isUrgent: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(task, { minLength: 1, maxLength: 12 }), async (scheduler, tasks) => {
        const queue = new KeyedQueue();
        const active = new Map<string, number>();
        const done: { key: string; index: number }[] = [];
        const results = tasks.map(({ key, fails, isUrgent }, index) => {
          const work = async (): Promise<number> => {
            active.set(key, (active.get(key) ?? 0) + 1);
            expect(active.get(key)).toBe(1);
            await scheduler.schedule(Promise.resolve());
            active.set(key, 0);
            done.push({ key, index });
            if (fails) throw new Error(`task ${index}`);
            return index;
          };
          return queue.run(key, work, isUrgent);
        });
        const settled = Promise.allSettled(results);
        await scheduler.waitFor(settled);
        (await settled).forEach((result, index) => {
          expect(result.status).toBe(tasks[index]?.fails ? 'rejected' : 'fulfilled');
          if (result.status === 'fulfilled') expect(result.value).toBe(index);
        });
        for (const key of ['a', 'b', 'c']) {
          // All other tasks arrived while the first one ran. The urgent ones run next, then the others, each in order
          // of arrival.
          const [, ...order] = done.filter((task) => task.key === key).map(({ index }) => index);
          const getRank = (index: number): number => (tasks[index]?.isUrgent ? 0 : 1);
          expect(order).toEqual([...order].sort((x, y) => getRank(x) - getRank(y) || x - y));
        }
      }),
    );
  });

  it('runs work with different keys concurrently', async () => {
    const queue = new KeyedQueue();
    let endFirst: () => void = () => undefined;
    const first = queue.run('a', () => new Promise<void>((resolve) => (endFirst = resolve)));
    await expect(queue.run('b', () => Promise.resolve('b'))).resolves.toBe('b');
    endFirst();
    await first;
  });
});
