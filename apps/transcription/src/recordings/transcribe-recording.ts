import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { TransactionRunner } from '#libs/persistence/index.js';
import type { StoredWords, TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
import { ObjectStore } from '#libs/ports/object-store.js';
import { Recognizers } from '../providers/providers.module.js';
import { toStoredWords, withWords } from '../transcripts/transcripts.module.js';
import { fetchRecording } from './fetch-recording.js';
import { TranscriptSteps, type TranscriptWork } from './transcript-steps.js';

/**
 * Deadline of a transcription. A recording of ten minutes takes well under a minute, so a recognizer that exceeds the
 * deadline is assumed to hang.
 */
const DEADLINE_MS = 10 * 60_000;

/** Transcribes the customer's channel of a recording. Publishes the transcript in the transaction that saves it. */
@Injectable()
export class TranscribeRecording {
  private readonly logger = new Logger('Transcripts');

  constructor(
    private readonly steps: TranscriptSteps,
    private readonly store: ObjectStore,
    private readonly recognizers: Recognizers,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** Never throws an error of an external system: such an error ends the transcript or postpones the work item. */
  async execute(item: TranscriptWork): Promise<void> {
    const transcript = await this.steps.begin(item, 'waiting');
    if (!transcript) return;
    let words: StoredWords;
    try {
      words = await this.transcribe(item, transcript);
    } catch (error) {
      await this.steps.fail(item, 'waiting', transcript, error);
      return;
    }
    await this.transactions.run(async (tx) => {
      const current = await this.steps.load(item, tx);
      await this.steps.save(tx, item, current, withWords(current, words, this.clock.now()));
    });
  }

  private async transcribe(
    item: TranscriptWork,
    { recording, deliveryId, attemptId }: TranscriptDocument,
  ): Promise<StoredWords> {
    const startedAt = performance.now();
    const request = {
      audio: { wav: await fetchRecording(this.store, recording) },
      channel: recording.customerChannel,
      language: recording.language,
      deadlineMs: DEADLINE_MS,
    };
    const { result: transcription } = await this.recognizers.transcribe(request, item.payload);
    const words = toStoredWords(transcription);
    const { provider, durationMs } = words;
    const tookMs = Math.round(performance.now() - startedAt);
    const fields = { ...item.payload, deliveryId, attemptId, provider, durationMs, tookMs };
    this.logger.log(fields, 'Recording transcribed');
    return words;
  }
}
