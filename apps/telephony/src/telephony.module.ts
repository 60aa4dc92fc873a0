import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { RecordingTransfer } from '#libs/ports/recording-transfer.js';
import { CarrierWebhooks } from '#libs/ports/voice-carrier.js';
import { SmsSender } from '#libs/ports/sms.js';
import { VoiceCarrier } from '#libs/ports/voice-carrier.js';
import { meshInfrastructure } from '#libs/platform/boot/mesh-infrastructure.js';
import { OperationsModule } from '#libs/platform/operations/operations.module.js';
import { MongooseModule } from '@nestjs/mongoose';
import { openRecordingStore } from '#libs/adapters/object-store/open-recording-store.js';
import { ThreadedRecordingTransfer } from '#libs/adapters/recording-transfer/threaded-recording-transfer.js';
import { TwilioSmsSender } from '#libs/adapters/sms/twilio/twilio-sms-sender.js';
import { TwilioVoiceCarrier } from '#libs/adapters/voice-carrier/twilio/twilio-voice-carrier.js';
import { TwilioWebhooks } from '#libs/adapters/voice-carrier/twilio/twilio-webhooks.js';
import { callLogSchema } from '#libs/persistence/schemas/telephony/call-logs.js';
import { calledOffDeliverySchema } from '#libs/persistence/schemas/telephony/called-off-deliveries.js';
import { inboundMessageSchema } from '#libs/persistence/schemas/telephony/inbound-messages.js';
import { messageSchema } from '#libs/persistence/schemas/telephony/messages.js';
import { recordingSchema } from '#libs/persistence/schemas/telephony/recordings.js';
import { strayCallbackSchema } from '#libs/persistence/schemas/telephony/stray-callbacks.js';
import { suppressedNumberSchema } from '#libs/persistence/schemas/telephony/suppressed-numbers.js';
import { ConfigurationError, recordingKeys, recordingStoreOptions } from '#libs/platform/config/index.js';
import { Readiness } from '#libs/health/probes.js';
import { ObjectStore } from '#libs/ports/object-store.js';
import { AcceptCallRequest } from './calls/accept-call-request.js';
import { ApplyCallReport } from './calls/apply-call-report.js';
import { NoteInterruption } from './calls/note-interruption.js';
import { CallOffAttempts } from './calls/call-off-attempts.js';
import { CallLogRepository } from './calls/call-log.repository.js';
import { CallWork } from './calls/call-work.js';
import { CalledOffDeliveryRepository } from './calls/called-off-delivery.repository.js';
import { CallsConsumer } from './calls/calls.consumer.js';
import { CancelAtCarrier } from './calls/cancel-at-carrier.js';
import { CancelCall } from './calls/cancel-call.js';
import { CheckOpenCalls } from './calls/check-open-calls.js';
import { ConcludeCall } from './calls/conclude-call.js';
import { DeliveryChangesConsumer } from './calls/delivery-changes.consumer.js';
import { DialCustomer } from './calls/dial-customer.js';
import { DialIntent } from './calls/dial-intent.js';
import { DialPace } from './calls/dial-pace.js';
import { InterveneAtCarrier } from './calls/intervene-at-carrier.js';
import { Intervene } from './calls/intervene.js';
import { ListCalls } from './calls/list-calls.js';
import { ReconcileAttempt } from './calls/reconcile-attempt.js';
import { RecordCallChange } from './calls/record-call-change.js';
import { RecordDialResult } from './calls/record-dial-result.js';
import { WatchCall } from './calls/watch-call.js';
import { AnswerVoiceWebhook } from './conversation/answer-voice-webhook.js';
import { FindOpenQuestion } from './conversation/find-open-question.js';
import { ReceiveCall } from './conversation/receive-call.js';
import { SpeakToMachine } from './conversation/speak-to-machine.js';
import { ListenToRecordingController } from './listening/listen-to-recording.controller.js';
import { ListeningLinks } from './listening/listening-links.js';
import { AcceptCustomerText } from './messages/accept-customer-text.js';
import { AcceptSmsRequest } from './messages/accept-sms-request.js';
import { ApplyMessageReport } from './messages/apply-message-report.js';
import { InboundMessageRepository } from './messages/inbound-message.repository.js';
import { MessageWorkSchedule } from './messages/message-work-schedule.js';
import { MessageRepository } from './messages/message.repository.js';
import { MessagesConsumer } from './messages/messages.consumer.js';
import { ReceiveMessage } from './messages/receive-message.js';
import { ReconcileSms } from './messages/reconcile-sms.js';
import { RecordSmsResult } from './messages/record-sms-result.js';
import { SendSms } from './messages/send-sms.js';
import { CustomerDataConsumer } from './customer-data/customer-data.consumer.js';
import { CustomerDataRepository } from './customer-data/customer-data.repository.js';
import { EraseCustomerData } from './customer-data/erase-customer-data.js';
import { TelephonyMetrics } from './metrics/telephony-metrics.js';
import { CALL_QUEUE, DIAL_QUEUE, PATIENT_BACK_OFF_MS, RECORDING_QUEUE } from './queues.js';
import { DeleteAtCarrier } from './recordings/delete-at-carrier.js';
import { ExpireRecording } from './recordings/expire-recording.js';
import { FindRecording } from './recordings/find-recording.js';
import { GetRecordingLinkQuery } from './recordings/get-recording-link.js';
import { ListRecordings } from './recordings/list-recordings.js';
import { PauseRecording } from './recordings/pause-recording.js';
import { RecordingRepository } from './recordings/recording.repository.js';
import { RecordingsConsumer } from './recordings/recordings.consumer.js';
import { RegisterRecording } from './recordings/register-recording.js';
import { StoreRecording } from './recordings/store-recording.js';
import { SuppressedNumberRepository } from './suppression/suppressed-number.repository.js';
import { SuppressionConsumer } from './suppression/suppression.consumer.js';
import { mistakesOf, settingsOf, TELEPHONY_SETTINGS, TelephonyConfig, withoutSlash } from './telephony.config.js';
import { CallReportsController } from './webhooks/call-reports.controller.js';
import { InboundCallsController } from './webhooks/inbound-calls.controller.js';
import { KeepStrayCallback } from './webhooks/keep-stray-callback.js';
import { SmsController } from './webhooks/sms.controller.js';
import { StrayCallbackRepository } from './webhooks/stray-callback.repository.js';
import { VoiceController } from './webhooks/voice.controller.js';

/** Calls, and messages, at once in one process: each waits for the carrier most of its time. */
const CALL_CONCURRENCY = 32;
/** Nothing lies there: that the store says so shows that it answers. */
const PROBE_KEY = 'probe';

/** Recordings in transfer at once in one process. */
const RECORDING_CONCURRENCY = 8;

const calls = [
  CalledOffDeliveryRepository,
  CallLogRepository,
  CallWork,
  RecordCallChange,
  AcceptCallRequest,
  DialPace,
  DialIntent,
  DialCustomer,
  RecordDialResult,
  ReconcileAttempt,
  WatchCall,
  CheckOpenCalls,
  ConcludeCall,
  ApplyCallReport,
  NoteInterruption,
  CallOffAttempts,
  CancelCall,
  CancelAtCarrier,
  Intervene,
  InterveneAtCarrier,
  ListCalls,
];
const conversation = [AnswerVoiceWebhook, FindOpenQuestion, ReceiveCall, SpeakToMachine];
const recordings = [
  RecordingRepository,
  RegisterRecording,
  StoreRecording,
  FindRecording,
  DeleteAtCarrier,
  PauseRecording,
  ExpireRecording,
  GetRecordingLinkQuery,
  ListRecordings,
];
const messages = [
  MessageRepository,
  InboundMessageRepository,
  MessageWorkSchedule,
  AcceptSmsRequest,
  AcceptCustomerText,
  SendSms,
  RecordSmsResult,
  ReconcileSms,
  ApplyMessageReport,
  ReceiveMessage,
];

/** The voice and SMS conversation with the customer, and its recording. */
@Module({})
export class TelephonyModule {
  constructor(objects: ObjectStore, readiness: Readiness) {
    readiness.add({ name: 'object_store', check: () => objects.head(PROBE_KEY).then(() => true) }, 'degrading');
  }

  /** @throws ConfigurationError for settings that contradict each other */
  static forConfig(config: TelephonyConfig): DynamicModule {
    const mistakes = mistakesOf(config);
    if (mistakes.length > 0) throw new ConfigurationError(mistakes);
    const queue = (name: string, concurrency: number) => ({ name, concurrency, backOffMs: PATIENT_BACK_OFF_MS });
    return {
      module: TelephonyModule,
      imports: [
        ...meshInfrastructure(
          'telephony',
          config,
          {
            redisUrl: config.REDIS_URL,
            queues: [
              queue(DIAL_QUEUE, CALL_CONCURRENCY),
              queue(CALL_QUEUE, CALL_CONCURRENCY),
              queue(RECORDING_QUEUE, RECORDING_CONCURRENCY),
            ],
          },
          // The carrier's webhooks are answered from the database alone, by a replica that was started in an outage, too.
          { readyWithoutBroker: true },
        ),
        OperationsModule.forApp('telephony'),
        MongooseModule.forFeature([
          { name: 'CallLog', schema: callLogSchema },
          { name: 'CalledOffDelivery', schema: calledOffDeliverySchema },
          { name: 'Recording', schema: recordingSchema },
          { name: 'Message', schema: messageSchema },
          { name: 'InboundMessage', schema: inboundMessageSchema },
          { name: 'SuppressedNumber', schema: suppressedNumberSchema },
          { name: 'StrayCallback', schema: strayCallbackSchema },
        ]),
      ],
      controllers: [
        CallsConsumer,
        DeliveryChangesConsumer,
        MessagesConsumer,
        RecordingsConsumer,
        SuppressionConsumer,
        CustomerDataConsumer,
        ListenToRecordingController,
        VoiceController,
        InboundCallsController,
        CallReportsController,
        SmsController,
      ],
      providers: [
        { provide: TelephonyConfig, useValue: config },
        { provide: TELEPHONY_SETTINGS, useValue: settingsOf(config) },
        TelephonyMetrics,
        SuppressedNumberRepository,
        CustomerDataRepository,
        EraseCustomerData,
        StrayCallbackRepository,
        KeepStrayCallback,
        ...portsOf(config),
        ...calls,
        ...conversation,
        ...recordings,
        ...messages,
      ],
    };
  }
}

/** The adapters the environment names. */
function portsOf(config: TelephonyConfig): Provider[] {
  const account = {
    accountSid: config.TWILIO_ACCOUNT_SID,
    authToken: config.TWILIO_AUTH_TOKEN,
    apiBaseUrl: config.TWILIO_BASE_URL,
    timeoutMs: config.CARRIER_TIMEOUT_MS,
  };
  const authTokens = [config.TWILIO_AUTH_TOKEN, config.TWILIO_AUTH_TOKEN_PREVIOUS].filter(
    (token) => token !== undefined,
  );
  const { TWILIO_ACCOUNT_SID: accountSid, PUBLIC_URL: publicUrl } = config;
  const store = recordingStoreOptions(config);
  return [
    { provide: VoiceCarrier, useFactory: () => new TwilioVoiceCarrier(account) },
    { provide: SmsSender, useFactory: () => new TwilioSmsSender(account) },
    { provide: CarrierWebhooks, useFactory: () => new TwilioWebhooks({ authTokens, accountSid, publicUrl }) },
    { provide: ObjectStore, useFactory: () => openRecordingStore(store) },
    { provide: RecordingTransfer, useFactory: () => new ThreadedRecordingTransfer({ carrier: account, store }) },
    {
      provide: ListeningLinks,
      useFactory: () => new ListeningLinks(withoutSlash(config.LISTENING_URL ?? publicUrl), recordingKeys(config)),
    },
  ];
}
