import type { VoiceLibrary } from '../audio/voice-library.js';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { Ledger } from '../ledger/ledger.js';
import type { CustomerBook } from '../personas/customer-book.js';
import type { SimulatedTime } from '../platform/simulated-time.js';
import type { UtteranceRecogniser } from '../recognition/utterance-recogniser.js';
import type { RecordingBook } from '../recordings/recording-record.js';
import type { SimulatorConfig } from '../simulator-config.js';
import type { WebhookClient } from '../webhooks/webhook-client.js';
import type { CallBook } from './call-book.js';

/** What every call needs of the world around it. */
export interface CallWorld {
  readonly config: SimulatorConfig;
  readonly time: SimulatedTime;
  readonly ledger: Ledger;
  readonly calls: CallBook;
  readonly recordings: RecordingBook;
  readonly customers: CustomerBook;
  readonly voices: VoiceLibrary;
  readonly recogniser: UtteranceRecogniser;
  readonly webhooks: WebhookClient;
  readonly faults: FaultInjector;
  readonly log: {
    readonly warn: (fields: object, message: string) => void;
    readonly error: (fields: object, message: string) => void;
  };
}
