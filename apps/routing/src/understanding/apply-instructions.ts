import { Inject, Injectable } from '@nestjs/common';
import { hasCustomerWishes, InstructionsChanged, type InstructionsExtractedPayload } from '#libs/contracts/index.js';
import { aggregateEvent, type AggregateEvent, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import type { DeliveryDocument } from '#libs/persistence/schemas/deliveries.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { ScheduleAssignment } from '../assignment/schedule-assignment.js';
import { holderOf } from '../assignment/withdraw-agent.js';
import { advance, factOf } from '../deliveries/delivery-process.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { LearnPreferences } from '../preferences/learn-preferences.js';
import { ApplyFindings } from './apply-findings.js';
import { withoutFields, withoutGuesses } from './merge-instructions.js';

/** What was understood of a recording or a text message. */
type Words = Pick<
  InstructionsExtractedPayload,
  'deliveryId' | 'recordingId' | 'messageId' | 'text' | 'instructions' | 'language'
> & {
  /** Of which a person says that the customer said nothing. */
  readonly removed?: readonly string[];
};

/** The analysis of a recording refines what is known; when the agent was told already, the agent is told again. */
@Injectable()
export class ApplyInstructions {
  constructor(
    @Inject(DeliveryRepository) private readonly deliveries: DeliveryRepository,
    @Inject(ApplyFindings) private readonly applyFindings: ApplyFindings,
    @Inject(LearnPreferences) private readonly learnPreferences: LearnPreferences,
    @Inject(ScheduleAssignment) private readonly scheduleAssignment: ScheduleAssignment,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(organizationId: OrganizationId, extracted: Words, tx: Transaction): Promise<void> {
    const loaded = await this.deliveries.load(organizationId, extracted.deliveryId, tx);
    const now = this.clock.now();
    const { instructions, ...rest } = loaded;
    // Who answers a text has been reached, and is called no more.
    const byText = extracted.messageId !== undefined && hasCustomerWishes(extracted.instructions);
    const sure = withoutFields(withoutGuesses(instructions), extracted.removed ?? []);
    const before = {
      ...rest,
      ...(extracted.text === '' ? {} : { transcript: extracted.text }),
      ...(extracted.recordingId === undefined ? {} : { recordingId: extracted.recordingId }),
      ...(sure ? { instructions: sure } : {}),
      ...(byText ? { customerReached: true, contactOutcome: 'text' } : {}),
    };
    const found = await this.applyFindings.execute(organizationId, before, extracted.instructions, now, tx);
    const ended = { kind: 'call_ended', outcome: 'answered', retry: false } as const;
    const reached = (byText && advance(found.delivery, ended, now)) || found.delivery;
    const moved = advance(reached, { kind: 'instructions_extracted' }, now) ?? reached;
    const stored = await this.deliveries.save(tx, organizationId, moved, [...found.events, ...tellAgent(moved, now)]);
    if (extracted.language !== undefined && hasCustomerWishes(extracted.instructions))
      await this.learnPreferences.fromWords(organizationId, loaded.customerId, extracted.language, tx);
    // Once for a delivery: who answers two texts wishes no more than who answers one.
    if (byText && !loaded.customerReached) await this.learnPreferences.fromText(organizationId, loaded.customerId, tx);
    if (stored.state === 'ready_to_assign') await this.scheduleAssignment.execute(organizationId, tx);
  }
}

function tellAgent(delivery: DeliveryDocument, now: Date): AggregateEvent[] {
  const { instructions, transcript, recordingId } = delivery;
  const agentId = holderOf(delivery);
  if (agentId === undefined || !instructions) return [];
  const payload = {
    ...factOf(delivery),
    agentId,
    instructions,
    ...(transcript === undefined ? {} : { transcript }),
    ...(recordingId === undefined ? {} : { recordingId }),
  };
  return [aggregateEvent(InstructionsChanged, payload, now)];
}
