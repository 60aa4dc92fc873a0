import { Injectable } from '@nestjs/common';
import type { CallRequestedPayload } from '#libs/contracts/index.js';
import { organizationId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { CallLogRepository } from '../call-log/call-log.module.js';
import type { OpenQuestion } from './open-question.js';
import { CalledOffDeliveryRepository } from '../delivery-cancellations/delivery-cancellations.module.js';
import { MessageRepository } from '../messages/messages.module.js';

/** So many calls and texts to a number are looked through. */
const MOST_LOOKED_AT = 10;

/**
 * By a number alone: which delivery its owner means when they ring or write. The one they were asked about last, called or by
 * text, as long as it is not called off and its window is not over: until then an answer reaches the agent.
 */
@Injectable()
export class FindOpenQuestion {
  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly messages: MessageRepository,
    private readonly calledOff: CalledOffDeliveryRepository,
  ) {}

  async execute(phone: string, now: Date, tx: Transaction): Promise<OpenQuestion | undefined> {
    const calls = await this.callLogs.latestTo(phone, MOST_LOOKED_AT, tx);
    const texts = await this.messages.latestToCustomer(phone, MOST_LOOKED_AT, tx);
    const asked = [
      ...calls.map((call) => ({ ...ownerOf(call), at: call.dialedAt ?? call.acceptedAt, request: call.request })),
      ...texts.flatMap((text) =>
        text.about
          ? [{ ...ownerOf(text), at: text.sentAt ?? text.requestedAt, request: asCall(text._id, text.about) }]
          : [],
      ),
    ].sort((one, other) => other.at.getTime() - one.at.getTime());
    for (const { askedBy, organization, request } of asked) {
      if (Date.parse(request.window.end) <= now.getTime()) continue;
      if (await this.calledOff.isOff(organization, request.deliveryId, tx)) continue;
      return { askedBy, organizationId: organization, phone, request };
    }
    return undefined;
  }
}

const ownerOf = (row: { _id: string; organizationId: string }): { askedBy: string; organization: OrganizationId } => ({
  askedBy: row._id,
  organization: organizationId(row.organizationId),
});

/** The call that would ask what a text asked. */
const asCall = (
  attemptId: string,
  contact: Omit<CallRequestedPayload, 'attemptId' | 'attempt' | 'attemptsForDelivery' | 'attemptsToday'>,
): CallRequestedPayload => ({ ...contact, attemptId, attempt: 1, attemptsForDelivery: 0, attemptsToday: 0 });
