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
 * Deadline of a transcription. A recording of ten minutes takes well under a minute; a recognizer that exceeds this
 * hangs.
 */
const DEADLINE_MS = 10 * 60_000;

/** Transcribes the customer's words in a recording and publishes them once. */
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

  /** Never throws an error of an external system: such errors end or postpone the step. */
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
    const { answer: heard } = await this.recognizers.transcribe(request, item.payload);
    const words = toStoredWords(heard);
    const { provider, durationMs } = words;
    const tookMs = Math.round(performance.now() - startedAt);
    const fields = { ...item.payload, deliveryId, attemptId, provider, durationMs, tookMs };
    this.logger.log(fields, `Transcribed ${(durationMs / 1000).toFixed(1)} s of audio in ${tookMs} ms.`);
    return words;
  }
}
