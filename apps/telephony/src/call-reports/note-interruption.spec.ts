import { Logger } from '@nestjs/common';
import type { ApplyInterruption } from './apply-interruption.js';
import { NoteInterruption } from './note-interruption.js';

it('records a failed webhook exactly once, as soon as the database is available again', async () => {
  Logger.overrideLogger(false);
  const recordedAttemptIds: string[] = [];
  let isAvailable = false;
  const applyInterruption = {
    execute(attemptId: string): Promise<void> {
      if (!isAvailable) {
        isAvailable = true;
        return Promise.reject(new Error('no primary'));
      }
      recordedAttemptIds.push(attemptId);
      return Promise.resolve();
    },
  } as unknown as ApplyInterruption;
  await new NoteInterruption(applyInterruption).execute('dlv_1.1');
  expect(recordedAttemptIds).toEqual(['dlv_1.1']);
});
