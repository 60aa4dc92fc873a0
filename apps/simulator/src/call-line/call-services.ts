import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { VoiceLibrary } from '../audio/audio.module.js';
import { CallBook } from '../call-book/call-book.module.js';
import { SimulatedTime, SimulatorConfig } from '../config/config.module.js';
import { FaultInjector } from '../faults/faults.module.js';
import { Ledger } from '../ledger/ledger.module.js';
import { CustomerBook } from '../personas/personas.module.js';
import { RecognizerHandle } from '../recognition/recognition.module.js';
import { RecordingBook } from '../recording-book/recording-book.module.js';
import { WebhookClient } from '../webhooks/webhooks.module.js';

/** The services that every call uses. */
@Injectable()
export class CallServices {
  constructor(
    readonly config: SimulatorConfig,
    readonly time: SimulatedTime,
    readonly ledger: Ledger,
    readonly calls: CallBook,
    readonly recordings: RecordingBook,
    readonly customers: CustomerBook,
    readonly voices: VoiceLibrary,
    readonly recognizer: RecognizerHandle,
    readonly webhooks: WebhookClient,
    readonly faults: FaultInjector,
    readonly log: PinoLogger,
  ) {}
}
