import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import { Clock } from '#libs/clock/clock.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import { IndexTranscript } from '../search-index/search-index.module.js';
import {
  hasEnded,
  type TranscriptChange,
  TranscriptRepository,
  withFailedTries,
  withFailure,
} from '../transcripts/transcripts.module.js';
import { codeOf, judgeFailure, judgeStart, type Tries, type Verdict } from './judge-failure.js';

export interface TranscribeRecordingWork {
  readonly recordingId: string;
}
export type TranscriptWork = WorkItem<TranscribeRecordingWork>;
export type Stage = 'waiting' | 'transcribed';

/**
 * How each step of a transcript begins and ends: the outside is asked with no transaction open, then what it answered is
 * saved with its events in one. When the transcript has come to its end its work is completed in that same transaction;
 * when the step is to be tried again, put off. Repeating a step that was done changes nothing.
 */
@Injectable()
export class TranscriptSteps {
  private readonly logger = new Logger('Transcripts');

  constructor(
    private readonly transcripts: TranscriptRepository,
    private readonly indexTranscript: IndexTranscript,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /**
   * The transcript on which the step is to be done. One that was tried too often ends here.
   * @returns undefined unless the transcript is at `stage`
   */
  async begin(item: TranscriptWork, stage: Stage): Promise<TranscriptDocument | undefined> {
    const transcript = await this.transcripts.load(item.organizationId, item.payload.recordingId);
    if (transcript.state !== stage) return undefined;
    const spent = judgeStart(this.triesOf(item, transcript));
    if (!spent) return transcript;
    await this.transactions.run(async (tx) => {
      const current = await this.load(item, tx);
      await this.save(tx, item, current, withFailure(current, stage, spent, this.clock.now()));
    });
    return undefined;
  }

  /** The transcript as it stands in the transaction that ends a step. */
  load({ organizationId, payload }: TranscriptWork, tx: Transaction): Promise<TranscriptDocument> {
    return this.transcripts.load(organizationId, payload.recordingId, tx);
  }

  /**
   * Saves what a step came to, and completes the work of a transcript that has ended.
   * @param current the transcript as it was loaded in this transaction
   * @param change undefined where there is nothing to save
   * @returns whether the transcript has ended
   */
  async save(
    tx: Transaction,
    item: TranscriptWork,
    current: TranscriptDocument,
    change: TranscriptChange | undefined,
  ): Promise<boolean> {
    if (change) {
      const saved = await this.transcripts.save(tx, item.organizationId, change.transcript, change.events);
      if (change.events.length > 0) await this.indexTranscript.execute(tx, saved);
    }
    const isOver = hasEnded(change?.transcript ?? current);
    if (isOver) await item.complete(tx);
    return isOver;
  }

  /** The step failed: the transcript ends, or the work is put off and the step is tried again. */
  async fail(item: TranscriptWork, stage: Stage, transcript: TranscriptDocument, error: unknown): Promise<void> {
    const tries = this.triesOf(item, transcript);
    const verdict = judgeFailure(error, tries, Math.random());
    this.report(transcript, error, verdict);
    await this.transactions.run(async (tx) => {
      const current = await this.load(item, tx);
      const now = this.clock.now();
      if (verdict.kind === 'end') {
        await this.save(tx, item, current, withFailure(current, stage, verdict.failure, now));
        return;
      }
      const failedTries = verdict.busy ? tries.tries - 1 : tries.tries;
      const change = current.state === stage ? withFailedTries(current, failedTries, now) : undefined;
      const isOver = await this.save(tx, item, current, change);
      if (!isOver) await item.postpone(tx, new Date(now.getTime() + verdict.afterMs));
    });
  }

  private triesOf(item: TranscriptWork, { failedTries, createdAt }: TranscriptDocument): Tries {
    return {
      // The item's own count begins anew when it is put off; until then it counts the deaths of its process.
      tries: failedTries + item.attempt,
      ageMs: this.clock.now().getTime() - createdAt.getTime(),
    };
  }

  private report(transcript: TranscriptDocument, error: unknown, verdict: Verdict): void {
    const { _id: recordingId, deliveryId, attemptId, state } = transcript;
    const code = codeOf(error);
    const fields = { recordingId, deliveryId, attemptId, state, code, ...verdict };
    const what = verdict.kind === 'end' ? 'cannot be understood' : `is tried again in ${verdict.afterMs} ms`;
    // An error of no kind we know is a mistake of ours: its stack is wanted.
    this.logger.warn(
      code === 'Error' || code === 'TypeError' ? { ...fields, err: error } : fields,
      `A recording ${what}: ${code}.`,
    );
  }
}
