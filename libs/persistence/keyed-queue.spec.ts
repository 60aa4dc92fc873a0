import fc from 'fast-check';
import { KeyedQueue } from './keyed-queue.js';

describe('Turns', () => {
  it('runs work of a key one at a time and in order, urgent work first, even after failures', async () => {
    const task = fc.record({ key: fc.constantFrom('a', 'b', 'c'), fails: fc.boolean(), isUrgent: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(task, { minLength: 1, maxLength: 12 }), async (scheduler, tasks) => {
        const turns = new KeyedQueue();
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
          return turns.run(key, work, isUrgent);
        });
        const ends = Promise.allSettled(results);
        await scheduler.waitFor(ends);
        (await ends).forEach((end, index) => {
          expect(end.status).toBe(tasks[index]?.fails ? 'rejected' : 'fulfilled');
          if (end.status === 'fulfilled') expect(end.value).toBe(index);
        });
        for (const key of ['a', 'b', 'c']) {
          // All work arrived while the first ran. Urgent work follows, then the rest, each in order of arrival.
          const [, ...order] = done.filter((one) => one.key === key).map(({ index }) => index);
          const isLater = (index: number): number => (tasks[index]?.isUrgent ? 0 : 1);
          expect(order).toEqual([...order].sort((x, y) => isLater(x) - isLater(y) || x - y));
        }
      }),
    );
  });

  it('runs work of another key concurrently', async () => {
    const turns = new KeyedQueue();
    let end: () => void = () => undefined;
    const long = turns.run('a', () => new Promise<void>((resolve) => (end = resolve)));
    await expect(turns.run('b', () => Promise.resolve('b'))).resolves.toBe('b');
    end();
    await long;
  });
});
