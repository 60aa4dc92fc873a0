import { Module } from '@nestjs/common';
import { findVoicesFolder, VoiceLibrary } from './voice-library.js';

export { mixDown, mixRecording } from './mix-recording.js';
export { estimateSpeakingTimeMs } from './speaking-rate.js';
export { VoiceLibrary } from './voice-library.js';
export { readWav, SAMPLE_RATE_HZ, WavError, writeWav } from './wav.js';

/** Telephone audio: customers' recorded voices, and the mixing of call recordings. */
@Module({
  providers: [{ provide: VoiceLibrary, useFactory: () => new VoiceLibrary(findVoicesFolder(import.meta.dirname)) }],
  exports: [VoiceLibrary],
})
export class AudioModule {}
