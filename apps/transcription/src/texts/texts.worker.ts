import { Injectable } from '@nestjs/common';
import { WorkHandler, type WorkItem } from '#libs/work-queue/index.js';
import { ANALYZE_TEXT, TRANSCRIPTION_QUEUE } from '../config/config.module.js';
import { AnalyzeText, type AnalyzeTextWork } from './analyze-text.js';

/** Analyzes text messages. */
@Injectable()
export class TextsWorker {
  constructor(private readonly analyzeText: AnalyzeText) {}

  @WorkHandler(TRANSCRIPTION_QUEUE, ANALYZE_TEXT)
  onText(item: WorkItem<AnalyzeTextWork>): Promise<void> {
    return this.analyzeText.execute(item);
  }
}
