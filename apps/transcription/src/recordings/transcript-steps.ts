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
import { toErrorCode, judgeFailure, judgeStart, type StepProgress, type Verdict } from './judge-failure.js';

/** Payload of the work item that transcribes and analyzes one recording. */
export interface TranscribeRecordingWork {
  readonly recordingId: string;
}
export type TranscriptWork = WorkItem<TranscribeRecordingWork>;
/** The state of the transcript in which a step starts. */
export type Stage = 'waiting' | 'transcribed';

/**
 * Begins and ends the steps of a transcript. External systems are called outside transactions. Their response is then
 * saved in one transaction with the events to publish. When the transcript ends, its work item is completed in that
 * transaction. When the step must be retried, the item is postponed. A completed step is idempotent.
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
   * Loads the transcript for a step. Ends the transcript if the step has exhausted its tries.
   * @returns undefined unless the transcript is at `stage` and the step may start
   */
  async begin(item: TranscriptWork, stage: Stage): Promise<TranscriptDocument | undefined> {
    const transcript = await this.transcripts.load(item.organizationId, item.payload.recordingId);
    if (transcript.state !== stage) return undefined;
    const finalFailure = judgeStart(this.toProgress(item, transcript));
    if (!finalFailure) return transcript;
    await this.transactions.run(async (tx) => {
      const current = await this.load(item, tx);
      await this.save(tx, item, current, withFailure(current, stage, finalFailure, this.clock.now()));
    });
    return undefined;
  }

  /** Loads the transcript in the transaction that ends a step. */
  load({ organizationId, payload }: TranscriptWork, tx: Transaction): Promise<TranscriptDocument> {
    return this.transcripts.load(organizationId, payload.recordingId, tx);
  }

  /**
   * Saves the result of a step, and completes the work item of a transcript that has ended.
   * @param current the transcript as loaded in this transaction
   * @param change undefined if there is nothing to save
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
    const isEnded = hasEnded(change?.transcript ?? current);
    if (isEnded) await item.complete(tx);
    return isEnded;
  }

  /** Handles a failed step: ends the transcript, or postpones the work item to retry the step. */
  async fail(item: TranscriptWork, stage: Stage, transcript: TranscriptDocument, error: unknown): Promise<void> {
    const progress = this.toProgress(item, transcript);
    const verdict = judgeFailure(error, progress, Math.random());
    this.report(transcript, error, verdict);
    await this.transactions.run(async (tx) => {
      const current = await this.load(item, tx);
      const now = this.clock.now();
      if (verdict.kind === 'end') {
        await this.save(tx, item, current, withFailure(current, stage, verdict.failure, now));
        return;
      }
      const failedTries = verdict.busy ? progress.tries - 1 : progress.tries;
      const change = current.state === stage ? withFailedTries(current, failedTries, now) : undefined;
      const isEnded = await this.save(tx, item, current, change);
      if (!isEnded) await item.postpone(tx, new Date(now.getTime() + verdict.afterMs));
    });
  }

  private toProgress(item: TranscriptWork, { failedTries, createdAt }: TranscriptDocument): StepProgress {
    return {
      // `item.attempt` restarts at 1 when the item is postponed, so it exceeds 1 only after a crash of the process.
      tries: failedTries + item.attempt,
      ageMs: this.clock.now().getTime() - createdAt.getTime(),
    };
  }

  private report(transcript: TranscriptDocument, error: unknown, verdict: Verdict): void {
    const { _id: recordingId, deliveryId, attemptId, state } = transcript;
    const code = toErrorCode(error);
    const fields = { recordingId, deliveryId, attemptId, state, code, ...verdict };
    const result = verdict.kind === 'end' ? 'ended' : `retrying in ${verdict.afterMs} ms`;
    // An error without a code of its own, for which the name of its class stands, is a bug: its stack is logged.
    const isUncoded = error instanceof Error && code === error.name;
    this.logger.warn(isUncoded ? { ...fields, err: error } : fields, `Transcript step failed, ${result}: ${code}.`);
  }
}
