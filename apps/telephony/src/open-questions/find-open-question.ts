import { Injectable } from '@nestjs/common';
import type { CallRequestedPayload } from '#libs/contracts/index.js';
import { parseOrganizationId, type OrganizationId, type Transaction } from '#libs/persistence/index.js';
import { CallLogRepository } from '../call-log/call-log.module.js';
import type { MessageDocument } from '#libs/persistence/schemas/telephony/messages.js';
import type { OpenQuestion } from './open-question.js';
import { CanceledDeliveryRepository } from '../delivery-cancellations/delivery-cancellations.module.js';
import { MessageRepository } from '../messages/messages.module.js';

/** Maximum number of recent calls, and of recent texts, to a number that are considered. */
const MAX_CONTACTS = 10;

/**
 * Finds the delivery that an inbound call or text from a number is about: the one that its customer was last called or
 * texted about, unless it is canceled or its window is over. Until the window is over, an answer still reaches the
 * agent.
 */
@Injectable()
export class FindOpenQuestion {
  constructor(
    private readonly callLogs: CallLogRepository,
    private readonly messages: MessageRepository,
    private readonly canceledDeliveries: CanceledDeliveryRepository,
  ) {}

  async execute(phone: string, now: Date, tx: Transaction): Promise<OpenQuestion | undefined> {
    const calls = await this.callLogs.findLatestTo(phone, MAX_CONTACTS, tx);
    const texts = await this.messages.findLatestToCustomer(phone, MAX_CONTACTS, tx);
    const questions = [
      ...calls.map((call) => ({ ...toOrigin(call), at: call.dialedAt ?? call.acceptedAt, request: call.request })),
      ...texts.flatMap((text) =>
        text.about
          ? [{ ...toOrigin(text), at: text.sentAt ?? text.requestedAt, request: toCallRequest(text._id, text.about) }]
          : [],
      ),
    ].sort((one, other) => other.at.getTime() - one.at.getTime());
    for (const { askedBy, organization, request } of questions) {
      if (Date.parse(request.window.end) <= now.getTime()) continue;
      if (await this.canceledDeliveries.isCanceled(organization, request.deliveryId, tx)) continue;
      const latestText = findLatestText(texts, organization, request.deliveryId);
      return { askedBy, organizationId: organization, phone, request, ...(latestText ? { latestText } : {}) };
    }
    return undefined;
  }
}

/** Finds the latest text about a delivery that was handed to the carrier: the one that the customer may have read. */
function findLatestText(
  texts: readonly MessageDocument[],
  organization: OrganizationId,
  deliveryId: string,
): OpenQuestion['latestText'] {
  const [latest] = texts
    .filter((text) => text.organizationId === organization && text.about?.deliveryId === deliveryId && text.sentAt)
    .sort((one, other) => (other.sentAt?.getTime() ?? 0) - (one.sentAt?.getTime() ?? 0));
  return latest && { id: latest._id, ...(latest.textReason ? { reason: latest.textReason } : {}) };
}

const toOrigin = (contact: {
  _id: string;
  organizationId: string;
}): { askedBy: string; organization: OrganizationId } => ({
  askedBy: contact._id,
  organization: parseOrganizationId(contact.organizationId),
});

/** Maps a text to the call request that asks the same question. */
const toCallRequest = (
  attemptId: string,
  contact: Omit<CallRequestedPayload, 'attemptId' | 'attempt' | 'attemptsForDelivery' | 'attemptsToday'>,
): CallRequestedPayload => ({ ...contact, attemptId, attempt: 1, attemptsForDelivery: 0, attemptsToday: 0 });
