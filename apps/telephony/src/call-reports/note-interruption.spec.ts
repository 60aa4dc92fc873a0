import { Logger } from '@nestjs/common';
import type { ApplyInterruption } from './apply-interruption.js';
import { NoteInterruption } from './note-interruption.js';

it('records a failed webhook exactly once, as soon as the database is available again', async () => {
  Logger.overrideLogger(false);
  const noted: string[] = [];
  let isAvailable = false;
  const reports = {
    execute(attemptId: string): Promise<void> {
      if (!isAvailable) {
        isAvailable = true;
        return Promise.reject(new Error('no primary'));
      }
      noted.push(attemptId);
      return Promise.resolve();
    },
  } as unknown as ApplyInterruption;
  await new NoteInterruption(reports).execute('dlv_1.1');
  expect(noted).toEqual(['dlv_1.1']);
});
