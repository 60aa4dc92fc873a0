/** The push subscription of a browser or phone (W3C Push API). */
export interface PushSubscription {
  readonly endpoint: string;
  readonly keys: {
    /** The public key of the receiver, base64url. */
    readonly p256dh: string;
    /** The authentication secret (RFC 8291), base64url. */
    readonly auth: string;
  };
}

/** How the push service handles a message (RFC 8030, section 5). */
export interface PushOptions {
  /** How long the push service retains the message for an offline device, in seconds. */
  readonly ttlSeconds: number;
  readonly urgency: 'very-low' | 'low' | 'normal' | 'high';
  /** A later message with the same topic replaces an undelivered one. At most 32 base64url characters. */
  readonly topic?: string | undefined;
}

/** The push subscription has ended permanently. The caller must delete it. */
export class PushSubscriptionGoneError extends Error {
  override readonly name = 'PushSubscriptionGoneError';
  readonly code = 'subscription_gone';

  constructor(readonly endpoint: string) {
    super(
      `The push subscription at ${new URL(endpoint).origin} is gone; delete it and let the device subscribe again.`,
    );
  }
}

/** Sends push messages to browsers and phones. */
export abstract class PushSender {
  /**
   * Encrypts and sends a message.
   * @throws PushSubscriptionGoneError if the subscription has ended
   * @throws ProviderError if the push service fails
   */
  abstract send(subscription: PushSubscription, payload: string, options: PushOptions): Promise<void>;
}
