import { Redis, type Command, type RedisOptions } from 'ioredis';

const ANSWER_MS = 1_000;
/** What tells other gateways something: of no use later. */
const TELLING: readonly string[] = ['xadd', 'publish'];

/**
 * The connection that tells the other gateways. A hint to this gateway's own sockets is given once Redis has taken it for
 * the others, so what Redis cannot take at once is refused, not queued: the sockets here are told, the others replay.
 */
export class LiveRedis extends Redis {
  private readonly copies: Redis[] = [];

  constructor(url: string) {
    super(url, {
      maxRetriesPerRequest: null,
      commandTimeout: ANSWER_MS,
      autoResendUnfulfilledCommands: false,
      // Nothing is lost by cutting it off: what was to be told is told.
      disconnectTimeout: 100,
    });
    this.on('error', () => undefined);
  }

  /** For reading: those wait, for as long as it takes. The adapter closes them late, or never where Redis is away. */
  override duplicate(override?: Partial<RedisOptions>): Redis {
    const { commandTimeout: _, ...options } = this.options;
    const copy = new Redis({ ...options, autoResendUnfulfilledCommands: true, ...override });
    copy.on('error', () => undefined);
    this.copies.push(copy);
    return copy;
  }

  override sendCommand(command: Command, stream?: Parameters<Redis['sendCommand']>[1]): unknown {
    if (!TELLING.includes(command.name)) return super.sendCommand(command, stream);
    if (this.status === 'ready') void super.sendCommand(command, stream);
    else command.reject(new Error('Redis is away'));
    const sent = command.promise as Promise<unknown>;
    // The adapter waits for an XADD and deals with its failure; of a PUBLISH it does neither.
    return command.name === 'publish' ? sent.catch(() => 0) : sent;
  }

  disconnectAll(): void {
    for (const connection of [this, ...this.copies]) connection.disconnect();
  }
}
