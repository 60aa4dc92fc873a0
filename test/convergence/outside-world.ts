import {
  CallAnswered,
  CallCompleted,
  CallDecisionMade,
  CallPlaced,
  CallReceived,
  CallRefused,
  CallRequested,
  InstructionsCorrected,
  InstructionsExtracted,
  MessageReceived,
  RecordingMissing,
  RecordingStored,
  TranscriptionFailed,
  type CallRequestedPayload,
  type EventContract,
  type EventEnvelope,
  type Instructions,
} from '#libs/contracts/index.js';
import { parseContract } from '#libs/contracts/fields/index.js';
import type { SimulatedMesh } from './simulated-mesh.js';
import type { CallStory, Story } from './stories.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** When things happen, after the first call was requested. */
const RINGS_BACK_AFTER = 2 * MINUTE;
const WRITES_AFTER = 120 * MINUTE;
const CORRECTED_AFTER = 130 * MINUTE;
export const REPLANNED_AFTER = 140 * MINUTE;

const NOTHING_SPECIAL: CallStory = {
  outcome: 'answered',
  steps: [],
  recording: 'understood',
  words: { text: 'that is fine', instructions: { complexity: 1 } },
};

/**
 * Telephony, transcription, the customer and the person who reads their words, as the other apps see them: what a story says,
 * at fixed times after each request. Nothing in it depends on when an event arrives anywhere.
 */
export class OutsideWorld {
  private request: CallRequestedPayload | undefined;

  constructor(
    private readonly mesh: SimulatedMesh,
    private readonly story: Story,
    private readonly organizationId: string,
  ) {
    mesh.observe((event) => {
      if (event.subject === CallRequested.subject) this.onRequested(event.payload as CallRequestedPayload);
    });
  }

  private onRequested(request: CallRequestedPayload): void {
    const call = this.story.calls[request.attempt - 1] ?? NOTHING_SPECIAL;
    this.play(request.attemptId, request.deliveryId, call);
    if (this.request) return;
    this.request = request;
    const { ringsBack, writes, correction } = this.story;
    if (ringsBack)
      this.mesh.after(RINGS_BACK_AFTER, () =>
        this.play(`in.${request.deliveryId}`, request.deliveryId, ringsBack, request),
      );
    if (writes) this.mesh.after(WRITES_AFTER, () => this.write(request, writes));
    const understood = [call, ...this.story.calls].findIndex(({ recording }) => recording === 'understood');
    if (correction && understood === 0) this.mesh.after(CORRECTED_AFTER, () => this.correct(request, correction));
  }

  /** @param ringBackOf of a call of the customer's */
  private play(attemptId: string, deliveryId: string, call: CallStory, ringBackOf?: CallRequestedPayload): void {
    const told = new Telling(this.mesh, attemptId, this.organizationId);
    const fact = { attemptId, deliveryId };
    if (call.outcome === 'refused' || call.outcome === 'refused_for_good') {
      const until = new Date(this.mesh.clock.ms + 20 * MINUTE).toISOString();
      const nextAllowedAt = call.outcome === 'refused' ? { nextAllowedAt: until } : {};
      return told.after(2 * SECOND, CallRefused, {
        ...fact,
        rule: 'outside_hours',
        detail: 'too late',
        ...nextAllowedAt,
      });
    }
    const isTalk = call.outcome === 'answered' || call.outcome === 'dropped';
    if (ringBackOf)
      told.after(1 * SECOND, CallReceived, {
        ...fact,
        ringBackOf: ringBackOf.attemptId,
        customerId: ringBackOf.customerId,
      });
    else if (call.outcome !== 'not_placed')
      told.after(3 * SECOND, CallPlaced, { ...fact, carrierCallId: `CA${attemptId}` });
    if (isTalk && !ringBackOf) told.after(8 * SECOND, CallAnswered, fact);
    call.steps.forEach((instructions, index) =>
      told.after((15 + 5 * index) * SECOND, CallDecisionMade, { ...fact, instructions }),
    );
    const last = call.steps.at(-1);
    told.after(40 * SECOND, CallCompleted, {
      ...fact,
      outcome: call.outcome,
      durationSeconds: isTalk ? 32 : 0,
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
    const stored = new Telling(this.mesh, recordingId, this.organizationId);
    if (recording === 'missing') return stored.after(43 * SECOND, RecordingMissing, { ...fact, reason: 'absent' });
    stored.after(42 * SECOND, RecordingStored, {
      ...{ ...fact, recordingId, objectKey: recordingId, sha256: '0'.repeat(64), sizeBytes: 1, durationSeconds: 30 },
      ...{
        customerChannel: 0,
        language: 'en',
        zone: 'America/Chicago',
        spokenAt: new Date(this.mesh.clock.ms).toISOString(),
      },
      window: { start: '2026-03-03T20:00:00.000Z', end: '2026-03-03T22:00:00.000Z' },
    });
    const read = new Telling(this.mesh, `trn_${fact.attemptId}`, this.organizationId);
    if (recording === 'unreadable')
      return read.after(52 * SECOND, TranscriptionFailed, {
        ...fact,
        recordingId,
        failure: 'no_speech',
        detail: 'silence',
      });
    read.after(52 * SECOND, InstructionsExtracted, {
      ...fact,
      recordingId,
      ...words,
      language: 'en',
      provider: 'local',
    });
  }

  private write({ deliveryId, customerId, window }: CallRequestedPayload, writes: NonNullable<Story['writes']>): void {
    const messageId = `sms_${deliveryId}`;
    const { text, chosen, words } = writes;
    new Telling(this.mesh, messageId, this.organizationId).after(0, MessageReceived, {
      ...{ messageId, deliveryId, customerId, text, language: 'en', zone: 'America/Chicago', window },
      receivedAt: new Date(this.mesh.clock.ms).toISOString(),
      ...(chosen ? { instructions: chosen } : {}),
    });
    if (!words) return;
    const understood = { attemptId: messageId, messageId, deliveryId, text, instructions: words, provider: 'local' };
    new Telling(this.mesh, `trn_${messageId}`, this.organizationId).after(6 * SECOND, InstructionsExtracted, {
      ...understood,
      language: 'en',
    });
  }

  private correct(
    { attemptId, deliveryId }: CallRequestedPayload,
    { instructions, removed }: { readonly instructions: Instructions; readonly removed: readonly string[] },
  ): void {
    new Telling(this.mesh, `trn_${attemptId}`, this.organizationId, 1).after(0, InstructionsCorrected, {
      ...{ attemptId, deliveryId, recordingId: `rec_${attemptId}`, text: 'as heard' },
      ...{ instructions, removed: [...removed], version: 2, correctedBy: 'usr_1' },
    });
  }
}

/** The events of one aggregate of another app, in its own order. */
class Telling {
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
      ...{ organizationId, aggregateId, sequence },
      occurredAt: new Date(this.mesh.clock.ms + delayMs).toISOString(),
      payload: parseContract(contract.payload, payload, 'reject'),
    };
    this.mesh.after(delayMs, () => this.mesh.publish(event));
  }
}
