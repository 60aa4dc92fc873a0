import { Injectable, Logger } from '@nestjs/common';
import { TransactionRunner, type Transaction } from '#libs/persistence/index.js';
import type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import { Clock } from '#libs/clock/clock.js';
import type { WorkItem } from '#libs/work-queue/index.js';
import type { TranscribeRecordingWork } from '../transcription-queue.js';
import { IndexTranscript } from '../search/index-transcript.js';
import { codeOf, judgeFailure, judgeStart, type Verdict } from './judge-failure.js';
import { TranscriptRepository } from './transcript.repository.js';
import { hasEnded, withFailedTries, withFailure, type TranscriptChange } from './transcript.js';

export type TranscriptWork = WorkItem<TranscribeRecordingWork>;
type Decide = (transcript: TranscriptDocument, now: Date) => TranscriptChange | undefined;

/**
 * How each step of a transcript is done: the outside is asked with no transaction open, then what it answered is decided
 * upon and saved with its events in one. When the transcript has come to its end its work is completed in that same
 * transaction; when the step is to be tried again, put off. Repeating a step that was done changes nothing.
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
   * Does nothing unless the transcript is at `stage`.
   * @param ask gets what the step needs from outside; any error it throws is judged, none leaves
   */
  async run(
    item: TranscriptWork,
    stage: 'waiting' | 'transcribed',
    ask: (transcript: TranscriptDocument) => Promise<Decide>,
  ): Promise<void> {
    const transcript = await this.transcripts.load(item.organizationId, item.payload.recordingId);
    if (transcript.state !== stage) return;
    const triesNow = (): { tries: number; ageMs: number } => ({
      // The item's own count begins anew when it is put off; until then it counts the deaths of its process.
      tries: transcript.failedTries + item.attempt,
      ageMs: this.clock.now().getTime() - transcript.createdAt.getTime(),
    });
    const spent = judgeStart(triesNow());
    if (spent) return this.commit(item, (current, now) => withFailure(current, stage, spent, now));

    let decide: Decide;
    try {
      decide = await ask(transcript);
    } catch (error) {
      const verdict = judgeFailure(error, triesNow(), Math.random());
      this.report(transcript, error, verdict);
      return this.settle(item, stage, triesNow().tries, verdict);
    }
    return this.commit(item, decide);
  }

  private settle(
    item: TranscriptWork,
    stage: 'waiting' | 'transcribed',
    tries: number,
    verdict: Verdict,
  ): Promise<void> {
    if (verdict.kind === 'end') {
      return this.commit(item, (current, now) => withFailure(current, stage, verdict.failure, now));
    }
    const failedTries = verdict.busy ? tries - 1 : tries;
    const again = new Date(this.clock.now().getTime() + verdict.afterMs);
    return this.commit(
      item,
      (current, now) => (current.state === stage ? withFailedTries(current, failedTries, now) : undefined),
      (tx) => item.postpone(tx, again),
    );
  }

  private async commit(
    item: TranscriptWork,
    decide: Decide,
    also: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const { organizationId, payload } = item;
    await this.transactions.run(async (tx) => {
      const current = await this.transcripts.load(organizationId, payload.recordingId, tx);
      const change = decide(current, this.clock.now());
      if (change) {
        const saved = await this.transcripts.save(tx, organizationId, change.transcript, change.events);
        if (change.events.length > 0) await this.indexTranscript.execute(tx, saved);
      }
      if (hasEnded(change?.transcript ?? current)) await item.complete(tx);
      else await also(tx);
    });
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
