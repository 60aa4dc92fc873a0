import { Injectable } from '@nestjs/common';
import { Ledger, type LedgerEntry } from '../ledger/ledger.module.js';

/** One event that the partner received. */
export interface PartnerEvent {
  readonly webhookId: string;
  readonly payload: unknown;
  readonly firstReceivedAt: string;
  /** Number of requests with a valid signature, including refused ones. */
  received: number;
  /** Number of requests that got a 2xx status. */
  accepted: number;
}

/** A partner's webhook endpoint, the failures it simulates, and the events it received. */
export interface Partner {
  readonly id: string;
  readonly secret: string;
  /** Number of further requests to refuse with `failStatus`. */
  remainingFailures: number;
  readonly failStatus: number;
  /** Whether all requests get status 410. */
  readonly gone: boolean;
  /** Number of requests with an invalid signature. */
  unverified: number;
  readonly events: Map<string, PartnerEvent>;
}

/** The partners' systems and the events that they received. */
@Injectable()
export class PartnerStore {
  private readonly partners = new Map<string, Partner>();

  constructor(ledger: Ledger) {
    ledger.addProjection(this.apply);
  }

  private readonly apply = (entry: LedgerEntry): void => {
    if (entry.type === 'reset') {
      this.partners.clear();
    } else if (entry.type === 'partner.registered') {
      const { partnerId: id, secret, failFirst, failStatus, gone } = entry;
      const previous = this.partners.get(id);
      this.partners.set(id, {
        id,
        secret,
        remainingFailures: failFirst,
        failStatus,
        gone,
        unverified: previous?.unverified ?? 0,
        events: previous?.events ?? new Map<string, PartnerEvent>(),
      });
    } else if (entry.type === 'partner.received') {
      const partner = this.partners.get(entry.partnerId);
      if (partner !== undefined) recordRequest(partner, entry);
    }
  };

  get(id: string): Partner | undefined {
    return this.partners.get(id);
  }
}

function recordRequest(partner: Partner, entry: Extract<LedgerEntry, { type: 'partner.received' }>): void {
  if (!entry.verified) {
    partner.unverified += 1;
    return;
  }
  const isAccepted = entry.status < 300;
  if (!isAccepted && !partner.gone) partner.remainingFailures = Math.max(0, partner.remainingFailures - 1);
  const event = partner.events.get(entry.webhookId) ?? {
    webhookId: entry.webhookId,
    payload: entry.payload,
    firstReceivedAt: new Date(entry.at).toISOString(),
    received: 0,
    accepted: 0,
  };
  event.received += 1;
  if (isAccepted) event.accepted += 1;
  partner.events.set(entry.webhookId, event);
}
