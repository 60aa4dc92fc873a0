import { Redis, type Command, type RedisOptions } from 'ioredis';

/** Does not apply to blocking reads; see `duplicate`. */
const COMMAND_TIMEOUT_MS = 1_000;
/** Commands that publish to other gateways. They are never queued, because a late live event has no use. */
const PUBLISHING_COMMANDS: readonly string[] = ['xadd', 'publish'];

/**
 * The Redis connection over which gateways publish live events to each other. The adapter emits to the sockets of this
 * gateway once Redis has accepted the event. A publishing command that cannot be sent immediately is therefore rejected
 * instead of queued: the sockets of this gateway still get the event, and the clients of other gateways replay it.
 */
export class LiveRedis extends Redis {
  private readonly duplicates: Redis[] = [];

  constructor(url: string) {
    super(url, {
      maxRetriesPerRequest: null,
      commandTimeout: COMMAND_TIMEOUT_MS,
      autoResendUnfulfilledCommands: false,
      // A short timeout is safe, because all events have been published.
      disconnectTimeout: 100,
    });
    this.on('error', () => undefined);
  }

  /**
   * Creates a connection for blocking reads, which have no timeout. The adapter closes it late, or never if Redis is
   * unavailable, so `disconnectAll` closes it.
   */
  override duplicate(override?: Partial<RedisOptions>): Redis {
    const { commandTimeout: _commandTimeout, ...options } = this.options;
    const connection = new ReadingRedis({ ...options, autoResendUnfulfilledCommands: true, ...override });
    connection.on('error', () => undefined);
    this.duplicates.push(connection);
    return connection;
  }

  override sendCommand(command: Command, stream?: Parameters<Redis['sendCommand']>[1]): unknown {
    if (!PUBLISHING_COMMANDS.includes(command.name)) return super.sendCommand(command, stream);
    if (this.status === 'ready') void super.sendCommand(command, stream);
    else command.reject(new Error('Redis is unavailable; the live event was not published.'));
    const reply = command.promise as Promise<unknown>;
    // The adapter awaits an XADD and handles its failure, but does neither for a PUBLISH.
    return command.name === 'publish' ? reply.catch(() => 0) : reply;
  }

  disconnectAll(): void {
    for (const connection of [this, ...this.duplicates]) connection.disconnect();
  }
}

/** A connection for blocking reads and subscriptions. */
class ReadingRedis extends Redis {
  /**
   * The adapter does not handle the failure of a SUBSCRIBE. A gateway that closes before Redis has confirmed the
   * subscription would end with an unhandled rejection. After a reconnection, ioredis subscribes again by itself.
   */
  override sendCommand(command: Command, stream?: Parameters<Redis['sendCommand']>[1]): unknown {
    const reply = super.sendCommand(command, stream) as Promise<unknown>;
    return command.name === 'subscribe' ? reply.catch(() => 0) : reply;
  }
}
