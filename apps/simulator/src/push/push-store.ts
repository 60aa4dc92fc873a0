import { Injectable } from '@nestjs/common';
import { Ledger, type LedgerEntry } from '../ledger/ledger.module.js';

/** A browser's subscription, with its private keys. Keys are base64url. */
export interface Subscription {
  readonly id: string;
  readonly privateKey: string;
  readonly publicKey: string;
  readonly auth: string;
  /** The VAPID key that the subscription accepts; null accepts any. */
  readonly applicationServerKey: string | null;
  /** False after the browser has unsubscribed. */
  active: boolean;
  readonly messages: PushMessage[];
}

/** A message that the browser received and decrypted. */
export interface PushMessage {
  readonly messageId: string;
  readonly receivedAt: string;
  readonly payload: string;
  readonly ttlSeconds: number;
  readonly urgency: string;
  readonly topic: string | null;
  readonly vapidSubject: string;
}

/** Subscriptions and the messages delivered to them. */
@Injectable()
export class PushStore {
  private readonly subscriptions = new Map<string, Subscription>();

  constructor(ledger: Ledger) {
    ledger.addProjection(this.apply);
  }

  private readonly apply = (entry: LedgerEntry): void => {
    if (entry.type === 'reset') {
      this.subscriptions.clear();
    } else if (entry.type === 'push.subscribed') {
      const { subscriptionId: id, privateKey, publicKey, auth, applicationServerKey } = entry;
      this.subscriptions.set(id, { id, privateKey, publicKey, auth, applicationServerKey, active: true, messages: [] });
    } else if (entry.type === 'push.unsubscribed') {
      const subscription = this.subscriptions.get(entry.subscriptionId);
      if (subscription !== undefined) subscription.active = false;
    } else if (entry.type === 'push.received') {
      const { messageId, payload, ttlSeconds, urgency, topic, vapidSubject, at } = entry;
      this.subscriptions.get(entry.subscriptionId)?.messages.push({
        messageId,
        receivedAt: new Date(at).toISOString(),
        payload,
        ttlSeconds,
        urgency,
        topic,
        vapidSubject,
      });
    }
  };

  get(id: string): Subscription | undefined {
    return this.subscriptions.get(id);
  }
}
