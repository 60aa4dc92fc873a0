import { Injectable } from '@nestjs/common';
import { WorkHandler } from '#libs/work-queue/index.js';
import { TRANSCRIBE_RECORDING, TRANSCRIPTION_QUEUE } from '../config/config.module.js';
import { AnalyseTranscript } from './analyse-transcript.js';
import { TranscribeRecording } from './transcribe-recording.js';
import type { TranscriptWork } from './transcript-steps.js';

/**
 * The work on one recording, from its audio to its instructions. The steps are saved one by one: after a crash the work
 * comes back and goes on with the step that is not done. One piece of work and not two, because a second one would
 * stand in line behind all other recordings.
 */
@Injectable()
export class RecordingsWorker {
  constructor(
    private readonly transcribe: TranscribeRecording,
    private readonly analyse: AnalyseTranscript,
  ) {}

  @WorkHandler(TRANSCRIPTION_QUEUE, TRANSCRIBE_RECORDING)
  async onRecording(item: TranscriptWork): Promise<void> {
    await this.transcribe.execute(item);
    await this.analyse.execute(item);
  }
}
