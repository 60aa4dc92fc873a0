import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { transcriptSchema } from '#libs/persistence/schemas/transcription/transcripts.js';
import { ReadTranscript } from './read-transcript.js';
import { TranscriptRepository, TRANSCRIPTS } from './transcript.repository.js';
import { TranscriptsRpc } from './transcripts.rpc.js';

export type { TranscriptDocument } from '#libs/persistence/schemas/transcription/transcripts.js';
export { toStoredWords } from './transcribed-payload.js';
export { maskText, toMaskedTranscript } from './transcript.mapper.js';
export { type ReviewPosition, TranscriptRepository } from './transcript.repository.js';
export {
  type Failure,
  hasEnded,
  openTranscript,
  type TranscriptChange,
  toVersion,
  withCorrection,
  withFailedTries,
  withFailure,
  withInstructions,
  withWords,
} from './transcript.js';

/** Transcripts of recordings and their instructions, as extracted and as corrected. */
@Module({
  imports: [MongooseModule.forFeature([{ name: TRANSCRIPTS, schema: transcriptSchema }])],
  controllers: [TranscriptsRpc],
  providers: [TranscriptRepository, ReadTranscript],
  exports: [TranscriptRepository],
})
export class TranscriptsModule {}
