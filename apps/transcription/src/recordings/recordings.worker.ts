import { Injectable } from '@nestjs/common';
import { WorkHandler } from '#libs/work-queue/index.js';
import { TRANSCRIBE_RECORDING, TRANSCRIPTION_QUEUE } from '../config/config.module.js';
import { AnalyzeTranscript } from './analyze-transcript.js';
import { TranscribeRecording } from './transcribe-recording.js';
import type { TranscriptWork } from './transcript-steps.js';

/**
 * Processes one recording, from audio to instructions. The steps are saved one by one, so after a crash the work
 * resumes with the step that is not done. It is one work item and not two, because the second would wait behind all
 * other recordings.
 */
@Injectable()
export class RecordingsWorker {
  constructor(
    private readonly transcribe: TranscribeRecording,
    private readonly analyse: AnalyzeTranscript,
  ) {}

  @WorkHandler(TRANSCRIPTION_QUEUE, TRANSCRIBE_RECORDING)
  async onRecording(item: TranscriptWork): Promise<void> {
    await this.transcribe.execute(item);
    await this.analyse.execute(item);
  }
}
