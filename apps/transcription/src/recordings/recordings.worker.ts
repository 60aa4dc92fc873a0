import { Injectable } from '@nestjs/common';
import { WorkHandler } from '#libs/work-queue/index.js';
import { TRANSCRIBE_RECORDING, TRANSCRIPTION_QUEUE } from '../config/config.module.js';
import { AnalyzeTranscript } from './analyze-transcript.js';
import { TranscribeRecording } from './transcribe-recording.js';
import type { TranscriptWork } from './transcript-steps.js';

/**
 * Processes one recording, from audio to instructions. Each step is saved separately, so after a crash the work resumes
 * at the first incomplete step. Both steps share one work item, because a second item would queue behind all other
 * recordings.
 */
@Injectable()
export class RecordingsWorker {
  constructor(
    private readonly transcribeRecording: TranscribeRecording,
    private readonly analyzeTranscript: AnalyzeTranscript,
  ) {}

  @WorkHandler(TRANSCRIPTION_QUEUE, TRANSCRIBE_RECORDING)
  async onRecording(item: TranscriptWork): Promise<void> {
    await this.transcribeRecording.execute(item);
    await this.analyzeTranscript.execute(item);
  }
}
