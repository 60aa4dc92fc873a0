import { Module, type DynamicModule, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { PinoLogger } from 'nestjs-pino';

import { PlatformModule } from '#libs/platform/platform.module.js';

import { findVoicesFolder, VoiceLibrary } from './audio/voice-library.js';
import { CallBook } from './calls/call-book.js';
import { CallsController } from './calls/calls.controller.js';
import { Switchboard } from './calls/switchboard.js';
import { ControlController } from './control/control.controller.js';
import { FaultInjector } from './faults/fault-injector.js';
import { seededRandom } from './faults/random.js';
import { Ledger } from './ledger/ledger.js';
import { MessageBook } from './messages/message-book.js';
import { InboxController, MessagesController } from './messages/messages.controller.js';
import { TextNetwork } from './messages/text-network.js';
import { PartnerController } from './partner/partner.controller.js';
import { PartnerStore } from './partner/partner-store.js';
import { CustomerBook } from './personas/customer-book.js';
import { SimulatedTime } from './platform/simulated-time.js';
import { SimulatorMetrics } from './platform/simulator-metrics.js';
import { PushController } from './push/push.controller.js';
import { PushStore } from './push/push-store.js';
import { SpeechRecogniser, type Recognised, type UtteranceRecogniser } from './recognition/utterance-recogniser.js';
import { WordErrorRecogniser } from './recognition/word-error-recogniser.js';
import { RecordingBook } from './recordings/recording-record.js';
import { RecordingsController } from './recordings/recordings.controller.js';
import { SimulatorConfig } from './simulator-config.js';
import { RateLimitGuard } from './twilio/rate-limit.guard.js';
import { TwilioAuthGuard } from './twilio/twilio-auth.guard.js';
import { TwilioErrorFilter } from './twilio/twilio-error.filter.js';
import { closeConnections } from './webhooks/http-exchange.js';
import { WebhookClient } from './webhooks/webhook-client.js';

/** A recogniser and how to let go of its model. */
export abstract class RecogniserHandle implements UtteranceRecogniser {
  abstract recognise(...parameters: Parameters<UtteranceRecogniser['recognise']>): Promise<Recognised>;
  abstract close(): Promise<void>;
}

/** The composition root: every part is a plain class, put together here. */
@Module({})
export class SimulatorModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly switchboard: Switchboard,
    private readonly ledger: Ledger,
    private readonly recogniser: RecogniserHandle,
    private readonly logger: PinoLogger,
  ) {}

  static forConfig(config: SimulatorConfig): DynamicModule {
    const books = [CallBook, RecordingBook, CustomerBook, MessageBook, PushStore, PartnerStore];
    return {
      module: SimulatorModule,
      imports: [PlatformModule.forApp('simulator', config.logLevel)],
      controllers: [
        CallsController,
        RecordingsController,
        MessagesController,
        InboxController,
        ControlController,
        PushController,
        PartnerController,
      ],
      providers: [
        { provide: SimulatorConfig, useValue: config },
        { provide: APP_FILTER, useClass: TwilioErrorFilter },
        TwilioAuthGuard,
        RateLimitGuard,
        ...books,
        { provide: Ledger, inject: books, useFactory: (...all: Projecting[]) => openLedger(config, all) },
        { provide: SimulatedTime, useValue: new SimulatedTime(config.timeScale) },
        { provide: FaultInjector, useValue: new FaultInjector(config.faults, config.seed) },
        { provide: WebhookClient, useValue: new WebhookClient(config.authToken) },
        { provide: VoiceLibrary, useFactory: () => new VoiceLibrary(findVoicesFolder(import.meta.dirname)) },
        { provide: RecogniserHandle, useFactory: () => recogniserFor(config) },
        {
          provide: Switchboard,
          inject: [
            SimulatedTime,
            Ledger,
            CallBook,
            RecordingBook,
            CustomerBook,
            VoiceLibrary,
            RecogniserHandle,
            WebhookClient,
            FaultInjector,
            PinoLogger,
          ],
          useFactory: (
            time: SimulatedTime,
            ledger: Ledger,
            calls: CallBook,
            recordings: RecordingBook,
            customers: CustomerBook,
            voices: VoiceLibrary,
            recogniser: RecogniserHandle,
            webhooks: WebhookClient,
            faults: FaultInjector,
            log: PinoLogger,
          ) =>
            new Switchboard({
              config,
              time,
              ledger,
              calls,
              recordings,
              customers,
              voices,
              recogniser,
              webhooks,
              faults,
              log,
            }),
        },
        {
          provide: TextNetwork,
          inject: [Ledger, MessageBook, CustomerBook, WebhookClient, SimulatedTime, PinoLogger],
          useFactory: (
            ledger: Ledger,
            book: MessageBook,
            customers: CustomerBook,
            webhooks: WebhookClient,
            time: SimulatedTime,
            log: PinoLogger,
          ) =>
            new TextNetwork(config, ledger, book, customers, webhooks, time, (message) => {
              log.warn(message);
            }),
        },
        SimulatorMetrics,
      ],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    const lost = await this.switchboard.recover();
    if (lost > 0) this.logger.warn({ lost }, 'Calls under way when the last run died were ended as failed.');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.switchboard.hangUpAll();
    await this.recogniser.close();
    await this.ledger.close();
    closeConnections();
  }
}

type Projecting = Pick<CallBook, 'apply'>;

async function openLedger(config: SimulatorConfig, books: readonly Projecting[]): Promise<Ledger> {
  const ledger = new Ledger(config.ledgerFile, () => Date.now());
  for (const book of books) ledger.project(book.apply);
  await ledger.open();
  return ledger;
}

/** The recogniser's model and its native library are loaded with the first utterance, not at the start. */
function recogniserFor({ gather, seed }: SimulatorConfig): RecogniserHandle {
  if (gather.kind === 'word-errors') {
    const model = new WordErrorRecogniser(gather.rate, seededRandom(seed));
    return { recognise: (utterance) => model.recognise(utterance), close: () => Promise.resolve() };
  }
  const loading = lazily(async () => {
    const { MoonshineSpeechToText } =
      await import('#libs/adapters/speech-to-text/moonshine/moonshine-speech-to-text.js');
    return new MoonshineSpeechToText({ modelDir: gather.modelDir });
  });
  const recogniser = new SpeechRecogniser(async (wav, language) => {
    const { text, segments } = await (await loading.get()).transcribe({ audio: { wav }, language });
    const weight = segments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
    const certain = segments.reduce((sum, { startMs, endMs, confidence }) => sum + confidence * (endMs - startMs), 0);
    return { text, confidence: weight === 0 ? 0 : Math.round((certain / weight) * 1000) / 1000 };
  });
  return {
    recognise: (utterance, language) => recogniser.recognise(utterance, language),
    close: async () => {
      if (loading.started()) await (await loading.get()).close();
    },
  };
}

function lazily<T>(load: () => Promise<T>): { readonly get: () => Promise<T>; readonly started: () => boolean } {
  let value: Promise<T> | undefined;
  return { get: () => (value ??= load()), started: () => value !== undefined };
}
