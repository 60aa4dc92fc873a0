/** What a browser or phone hands out when it subscribes (W3C Push API). */
export interface PushSubscription {
  readonly endpoint: string;
  readonly keys: {
    /** The receiver's public key, base64url. */
    readonly p256dh: string;
    /** Base64url. */
    readonly auth: string;
  };
}

export interface PushOptions {
  /** How long the push service keeps it for a device that is offline. */
  readonly ttlSeconds: number;
  readonly urgency: 'very-low' | 'low' | 'normal' | 'high';
  /** A later message of the same topic replaces one not yet delivered. At most 32 characters of base64url. */
  readonly topic?: string | undefined;
}

/** The device will never take a message at this address again: forget the subscription. */
export class PushSubscriptionGoneError extends Error {
  override readonly name = 'PushSubscriptionGoneError';
  readonly code = 'subscription_gone';

  constructor(readonly endpoint: string) {
    super(`The push subscription at ${new URL(endpoint).origin} is gone; delete it and ask the device for a new one.`);
  }
}

export abstract class PushSender {
  /** Encrypts and sends. Throws `PushSubscriptionGoneError`, and `ProviderError` when the push service fails. */
  abstract send(subscription: PushSubscription, payload: string, options: PushOptions): Promise<void>;
}
