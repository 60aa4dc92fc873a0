import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SeededRandom } from '../support/seeded-random.js';

/** One request to the partner's endpoint, as received. */
export interface ReceivedWebhook {
  readonly organization: string;
  readonly webhookId: string;
  /** UTC epoch milliseconds. */
  readonly receivedAt: number;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly signatureValid: boolean;
  /** Whether the sink responded with 2xx. */
  readonly accepted: boolean;
}

const MAX_BODY_BYTES = 256 * 1024;
/**
 * The share of webhooks that are rejected at their first attempt: a partner's system fails at times, and this must
 * neither lose nor reorder webhooks. Only the first attempt fails, because the second retry would come minutes later.
 */
const REJECTED_SHARE = 0.08;
/** A rejected webhook is retried within this time. */
const FIRST_RETRY_MS = 15_000;
/** Standard Webhooks: an older signature is not accepted. */
const TOLERANCE_SECONDS = 300;

/** The partner's system that receives webhooks. Its records are evidence, so faults never hit it. */
export class WebhookSink {
  readonly received: ReceivedWebhook[] = [];
  readonly #secrets = new Map<string, string>();
  readonly #server: Server;

  constructor(private readonly random: SeededRandom) {
    this.#server = createServer((request, response) => {
      this.#respond(request, response).catch(() => response.writeHead(500).end());
    });
  }

  open(): Promise<void> {
    return new Promise((resolve) => this.#server.listen(0, '127.0.0.1', () => resolve()));
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((closed) => this.#server.close(() => closed()));
  }

  urlFor(organization: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook/${organization}`;
  }

  /** The number of webhooks that were rejected recently and not yet retried. */
  get pendingRetries(): number {
    const acceptedIds = new Set(this.received.filter(({ accepted }) => accepted).map(({ webhookId }) => webhookId));
    const since = Date.now() - FIRST_RETRY_MS;
    return this.received.filter(({ webhookId, receivedAt }) => receivedAt > since && !acceptedIds.has(webhookId))
      .length;
  }

  setSecret(organization: string, secret: string): void {
    this.#secrets.set(organization, secret);
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const organization = (request.url ?? '').split('/').at(-1) ?? '';
    const body = await readBody(request);
    const signatureValid = isValidSignature(this.#secrets.get(organization), body, request.headers, Date.now());
    const { type, data } = parse(body);
    const webhookId = String(request.headers['webhook-id']);
    const isNew = !this.received.some((one) => one.webhookId === webhookId);
    const accepted = signatureValid && !(isNew && this.random.chance(REJECTED_SHARE));
    this.received.push({ organization, webhookId, receivedAt: Date.now(), type, data, signatureValid, accepted });
    response.writeHead(accepted ? 204 : signatureValid ? 503 : 401).end();
  }
}

/**
 * Verifies a signature according to Standard Webhooks (https://www.standardwebhooks.com), implemented from the
 * specification: HMAC-SHA256 of `id.timestamp.body` under the bytes after `whsec_`, as one of the space-separated
 * `v1,<base64>` values.
 */
export function isValidSignature(
  secret: string | undefined,
  body: string,
  headers: IncomingMessage['headers'],
  now: number,
): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  if (secret === undefined || typeof id !== 'string' || typeof timestamp !== 'string') return false;
  if (typeof signatures !== 'string' || !/^\d+$/.test(timestamp)) return false;
  if (Math.abs(now / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signatures.split(' ').some((signature) => {
    const [version, value = ''] = signature.split(',');
    const actual = Buffer.from(value, 'base64');
    return version === 'v1' && actual.length === expected.length && timingSafeEqual(actual, expected);
  });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Error(`A webhook is larger than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): Pick<ReceivedWebhook, 'type' | 'data'> {
  try {
    const { type, data } = JSON.parse(body) as { type?: unknown; data?: Record<string, unknown> };
    return { type: String(type), data: data ?? {} };
  } catch {
    return { type: 'unreadable', data: {} };
  }
}
