import { createECDH, randomBytes, randomUUID } from 'node:crypto';

import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  HttpException,
  NotFoundException,
  Param,
  Post,
  Res,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import ece from 'http_ece';

import { Ledger } from '../ledger/ledger.module.js';
import { SimulatorConfig } from '../config/config.module.js';
import { PushStore, type PushMessage, type Subscription } from './push-store.js';
import { VapidError, verifyVapid } from './vapid.js';

/**
 * Maximum size of a message. A push service must accept this size and may refuse larger ones (RFC 8030, section 7.2).
 */
const MAX_MESSAGE_BYTES = 4096;
/** The values of the `Urgency` header (RFC 8030, section 5.3). */
const URGENCIES = new Set(['very-low', 'low', 'normal', 'high']);

/** Simulates a web push service and a browser: creates subscriptions, and receives and decrypts messages. */
@Controller('push')
export class PushController {
  constructor(
    private readonly config: SimulatorConfig,
    private readonly store: PushStore,
    private readonly ledger: Ledger,
  ) {}

  /** Subscribes, like `PushManager.subscribe` in a browser. */
  @Post('subscriptions')
  async subscribe(@Body() body: { readonly applicationServerKey?: unknown } | undefined): Promise<unknown> {
    const ecdh = createECDH('prime256v1');
    ecdh.generateKeys();
    const subscriptionId = randomUUID();
    const serverKey = body?.applicationServerKey;
    const auth = randomBytes(16).toString('base64url');
    this.ledger.append({
      type: 'push.subscribed',
      subscriptionId,
      privateKey: ecdh.getPrivateKey('base64url'),
      publicKey: ecdh.getPublicKey('base64url'),
      auth,
      applicationServerKey: typeof serverKey === 'string' ? serverKey.replace(/=+$/, '') : null,
    });
    await this.ledger.flushed();
    const endpoint = `${this.config.publicUrl}/push/endpoints/${subscriptionId}`;
    return {
      id: subscriptionId,
      endpoint,
      expirationTime: null,
      keys: { p256dh: ecdh.getPublicKey('base64url'), auth },
    };
  }

  /** Unsubscribes the browser. From then on the endpoint replies 410. */
  @Delete('subscriptions/:id')
  @HttpCode(204)
  async unsubscribe(@Param('id') id: string): Promise<void> {
    this.find(id);
    this.ledger.append({ type: 'push.unsubscribed', subscriptionId: id });
    await this.ledger.flushed();
  }

  /** Receives a message from the application server (RFC 8030, 8291, 8292). */
  @Post('endpoints/:id')
  async receive(
    @Param('id') id: string,
    @Body() content: unknown,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const subscription = this.store.get(id);
    if (subscription?.active !== true)
      throw new HttpException(`Push subscription ${id} does not exist or was unsubscribed.`, 410);
    const ttlSeconds = Number(headers['ttl'] ?? NaN);
    if (!Number.isInteger(ttlSeconds) || ttlSeconds < 0)
      throw new HttpException('The TTL header is required, in whole seconds.', 400);
    const urgency = headers['urgency'] ?? 'normal';
    if (!URGENCIES.has(urgency)) throw new HttpException(`Urgency must be one of ${[...URGENCIES].join(', ')}.`, 400);
    if (headers['content-encoding'] !== 'aes128gcm')
      throw new HttpException('Content-Encoding must be aes128gcm (RFC 8291).', 415);
    if (!Buffer.isBuffer(content)) throw new HttpException('Send the encrypted body as application/octet-stream.', 400);
    if (content.length > MAX_MESSAGE_BYTES)
      throw new HttpException(`The body must have at most ${MAX_MESSAGE_BYTES} bytes.`, 413);
    const vapidSubject = this.verifySender(subscription, headers['authorization']);
    const payload = decrypt(subscription, content);
    const messageId = randomUUID();
    this.ledger.append({
      type: 'push.received',
      subscriptionId: id,
      messageId,
      payload,
      ttlSeconds,
      urgency,
      topic: headers['topic'] ?? null,
      vapidSubject,
    });
    await this.ledger.flushed();
    void reply.header('location', `${this.config.publicUrl}/push/messages/${messageId}`).status(201);
    return '';
  }

  /** Lists the messages that the browser received, oldest first. */
  @Get(':id/messages')
  messages(@Param('id') id: string): { readonly active: boolean; readonly messages: readonly PushMessage[] } {
    const { active, messages } = this.find(id);
    return { active, messages };
  }

  private verifySender(subscription: Subscription, authorization: string | undefined): string {
    try {
      return verifyVapid(authorization, new URL(this.config.publicUrl).origin, subscription.applicationServerKey);
    } catch (error) {
      if (error instanceof VapidError)
        throw new HttpException(error.message, error.code === 'vapid_missing' ? 401 : 403);
      throw error;
    }
  }

  private find(id: string): Subscription {
    const subscription = this.store.get(id);
    if (subscription === undefined) throw new NotFoundException(`There is no push subscription ${id}.`);
    return subscription;
  }
}

function decrypt(subscription: Subscription, content: Buffer): string {
  const privateKey = createECDH('prime256v1');
  privateKey.setPrivateKey(subscription.privateKey, 'base64url');
  try {
    return ece.decrypt(content, { version: 'aes128gcm', privateKey, authSecret: subscription.auth }).toString('utf8');
  } catch {
    throw new HttpException('The body cannot be decrypted with the keys of this subscription.', 400);
  }
}
