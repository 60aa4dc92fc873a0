import { Module } from '@nestjs/common';
import { AudioModule } from '../audio/audio.module.js';
import { CallBookModule } from '../call-book/call-book.module.js';
import { FaultsModule } from '../faults/faults.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PersonasModule } from '../personas/personas.module.js';
import { RecognitionModule } from '../recognition/recognition.module.js';
import { RecordingBookModule } from '../recording-book/recording-book.module.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { CallServices } from './call-services.js';

export { CallClock, CallInterrupted, type Interruption } from './call-clock.js';
export { CallLine } from './call-line.js';
export { toCallParameters } from './call-parameters.js';
export { CallRecordings } from './call-recordings.js';
export {
  type AmdRequest,
  type CallRequest,
  type DocumentSource,
  parseCallRequest,
  parseDocument,
} from './call-request.js';
export { CallServices } from './call-services.js';

/** An answered call: its customer, its clock, its sounds and its recordings. */
@Module({
  imports: [
    LedgerModule,
    CallBookModule,
    RecordingBookModule,
    PersonasModule,
    AudioModule,
    RecognitionModule,
    WebhooksModule,
    FaultsModule,
  ],
  providers: [CallServices],
  exports: [CallServices],
})
export class CallLineModule {}
