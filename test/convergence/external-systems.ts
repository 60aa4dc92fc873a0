import {
  CallAnswered,
  CallCompleted,
  CallDecisionMade,
  CallPlaced,
  CallReceived,
  CallRefused,
  CallRequested,
  CustomerTextRequested,
  InstructionsCorrected,
  InstructionsExtracted,
  MessageReceived,
  RecordingMissing,
  RecordingStored,
  TranscriptionFailed,
  type CallRequestedPayload,
  type CustomerTextRequestedPayload,
  type EventContract,
  type EventEnvelope,
  type Instructions,
} from '#libs/contracts/index.js';
import { parseContract } from '#libs/contracts/fields/index.js';
import type { SimulatedMesh } from './simulated-mesh.js';
import type { CallStory, Story } from './stories.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/** Delays after the request of the first call. */
const CALLBACK_DELAY_MS = 2 * MINUTE_MS;
const TEXT_DELAY_MS = 120 * MINUTE_MS;
/** Later than the ask-back even if all events before it are late, and earlier than the end of the hold. */
const ANSWER_DELAY_MS = 200 * MINUTE_MS;
const CORRECTION_DELAY_MS = 130 * MINUTE_MS;
export const REPLANNING_DELAY_MS = 140 * MINUTE_MS;

const DEFAULT_CALL: CallStory = {
  outcome: 'answered',
  steps: [],
  recording: 'understood',
  words: { text: 'that is fine', instructions: { complexity: 1 } },
};

/**
 * Simulates telephony, transcription, the customer, and the dispatcher who corrects instructions: publishes the story's
 * facts at fixed times after each request. The times do not depend on when an app receives an event.
 */
export class ExternalSystems {
  private request: CallRequestedPayload | undefined;
  private askBack: CustomerTextRequestedPayload | undefined;

  constructor(
    private readonly mesh: SimulatedMesh,
    private readonly story: Story,
    private readonly organizationId: string,
  ) {
    mesh.observe((event) => {
      if (event.subject === CallRequested.subject) this.onRequested(event.payload as CallRequestedPayload);
      if (event.subject === CustomerTextRequested.subject)
        this.onTextRequested(event.payload as CustomerTextRequestedPayload);
    });
  }

  private onRequested(request: CallRequestedPayload): void {
    const call = this.story.calls[request.attempt - 1] ?? DEFAULT_CALL;
    this.play(request.attemptId, request.deliveryId, call);
    if (this.request) return;
    this.request = request;
    const { inboundCallback, textReply, answer, correction } = this.story;
    const { deliveryId } = request;
    if (inboundCallback)
      this.mesh.after(CALLBACK_DELAY_MS, () =>
        this.play(`in.${request.deliveryId}`, request.deliveryId, inboundCallback, request),
      );
    if (textReply) this.mesh.after(TEXT_DELAY_MS, () => this.sendText(request, `sms_${deliveryId}`, textReply));
    if (answer !== undefined)
      this.mesh.after(ANSWER_DELAY_MS, () => {
        const words = { complexity: 1 };
        if (this.askBack)
          this.sendText(request, `sms2_${deliveryId}`, { text: answer, words, inReplyTo: this.askBack.textId });
      });
    const understood = [call, ...this.story.calls].findIndex(({ recording }) => recording === 'understood');
    if (correction && understood === 0) this.mesh.after(CORRECTION_DELAY_MS, () => this.correct(request, correction));
  }

  /** @param ringBackOf The requested call to which the inbound callback refers. */
  private play(attemptId: string, deliveryId: string, call: CallStory, ringBackOf?: CallRequestedPayload): void {
    const publisher = new AggregatePublisher(this.mesh, attemptId, this.organizationId);
    const fact = { attemptId, deliveryId };
    if (call.outcome === 'refused' || call.outcome === 'refused_for_good') {
      const until = new Date(this.mesh.clock.ms + 20 * MINUTE_MS).toISOString();
      const nextAllowedAt = call.outcome === 'refused' ? { nextAllowedAt: until } : {};
      return publisher.after(2 * SECOND_MS, CallRefused, {
        ...fact,
        rule: 'outside_hours',
        detail: 'too late',
        ...nextAllowedAt,
      });
    }
    const isConversation = call.outcome === 'answered' || call.outcome === 'dropped';
    if (ringBackOf)
      publisher.after(1 * SECOND_MS, CallReceived, {
        ...fact,
        ringBackOf: ringBackOf.attemptId,
        customerId: ringBackOf.customerId,
      });
    else if (call.outcome !== 'not_placed')
      publisher.after(3 * SECOND_MS, CallPlaced, { ...fact, carrierCallId: `CA${attemptId}` });
    if (isConversation && !ringBackOf) publisher.after(8 * SECOND_MS, CallAnswered, fact);
    call.steps.forEach((instructions, index) =>
      publisher.after((15 + 5 * index) * SECOND_MS, CallDecisionMade, { ...fact, instructions }),
    );
    const last = call.steps.at(-1);
    publisher.after(40 * SECOND_MS, CallCompleted, {
      ...fact,
      outcome: call.outcome,
      durationSeconds: isConversation ? 32 : 0,
      recordingExpected: call.recording !== undefined,
      conversationFinished: call.outcome === 'answered',
      ...(last ? { instructions: last } : {}),
      ...(ringBackOf ? { customerCalled: true } : {}),
    });
    this.record(fact, call);
  }

  private record(fact: { attemptId: string; deliveryId: string }, { recording, words }: CallStory): void {
    if (recording === undefined) return;
    const recordingId = `rec_${fact.attemptId}`;
    const recordingPublisher = new AggregatePublisher(this.mesh, recordingId, this.organizationId);
    if (recording === 'missing')
      return recordingPublisher.after(43 * SECOND_MS, RecordingMissing, { ...fact, reason: 'absent' });
    recordingPublisher.after(42 * SECOND_MS, RecordingStored, {
      ...fact,
      recordingId,
      objectKey: recordingId,
      sha256: '0'.repeat(64),
      sizeBytes: 1,
      durationSeconds: 30,
      customerChannel: 0,
      language: 'en',
      zone: 'America/Chicago',
      spokenAt: new Date(this.mesh.clock.ms).toISOString(),
      window: { start: '2026-03-03T20:00:00.000Z', end: '2026-03-03T22:00:00.000Z' },
    });
    const transcriptPublisher = new AggregatePublisher(this.mesh, `trn_${fact.attemptId}`, this.organizationId);
    if (recording === 'unreadable')
      return transcriptPublisher.after(52 * SECOND_MS, TranscriptionFailed, {
        ...fact,
        recordingId,
        failure: 'no_speech',
        detail: 'silence',
      });
    transcriptPublisher.after(52 * SECOND_MS, InstructionsExtracted, {
      ...fact,
      recordingId,
      ...words,
      language: 'en',
      provider: 'local',
    });
  }

  private onTextRequested(request: CustomerTextRequestedPayload): void {
    if (request.reason.startsWith('confirm_')) this.askBack = request;
  }

  private sendText(
    { deliveryId, customerId, window }: CallRequestedPayload,
    messageId: string,
    reply: NonNullable<Story['textReply']> & { readonly inReplyTo?: string },
  ): void {
    const { text, chosen, words, inReplyTo } = reply;
    new AggregatePublisher(this.mesh, messageId, this.organizationId).after(0, MessageReceived, {
      messageId,
      deliveryId,
      customerId,
      text,
      language: 'en',
      zone: 'America/Chicago',
      window,
      receivedAt: new Date(this.mesh.clock.ms).toISOString(),
      ...(inReplyTo === undefined ? {} : { inReplyTo }),
      ...(chosen ? { instructions: chosen } : {}),
    });
    if (!words) return;
    const understood = { attemptId: messageId, messageId, deliveryId, text, instructions: words, provider: 'local' };
    new AggregatePublisher(this.mesh, `trn_${messageId}`, this.organizationId).after(
      6 * SECOND_MS,
      InstructionsExtracted,
      {
        ...understood,
        language: 'en',
      },
    );
  }

  private correct(
    { attemptId, deliveryId }: CallRequestedPayload,
    { instructions, removed }: { readonly instructions: Instructions; readonly removed: readonly string[] },
  ): void {
    new AggregatePublisher(this.mesh, `trn_${attemptId}`, this.organizationId, 1).after(0, InstructionsCorrected, {
      attemptId,
      deliveryId,
      recordingId: `rec_${attemptId}`,
      text: 'as heard',
      instructions,
      removed: [...removed],
      version: 2,
      correctedBy: 'usr_1',
    });
  }
}

/** Publishes the events of one aggregate of another app, in the order of their sequence. */
class AggregatePublisher {
  constructor(
    private readonly mesh: SimulatedMesh,
    private readonly aggregateId: string,
    private readonly organizationId: string,
    private sequence = 0,
  ) {}

  after<P extends object>(delayMs: number, contract: EventContract<P>, payload: P): void {
    this.sequence += 1;
    const { aggregateId, organizationId, sequence } = this;
    const event: EventEnvelope = {
      id: `${aggregateId}#${sequence}`,
      subject: contract.subject,
      organizationId,
      aggregateId,
      sequence,
      occurredAt: new Date(this.mesh.clock.ms + delayMs).toISOString(),
      payload: parseContract(contract.payload, payload, 'reject'),
    };
    this.mesh.after(delayMs, () => this.mesh.publish(event));
  }
}
