import { connect } from 'node:net';

export interface RawResponse {
  /** Everything that the server sent before the connection ended or timed out. */
  readonly text: string;
  readonly status: number | undefined;
  /** Whether the server ended the connection. */
  readonly ended: boolean;
}

/**
 * Sends bytes that no HTTP client would send, and reads the response.
 *
 * @param timeoutMs After this time the connection is abandoned, and `ended` is false.
 */
export function rawRequest(
  baseUrl: string,
  bytes: string | Buffer,
  { timeoutMs = 10_000, trickle }: { readonly timeoutMs?: number; readonly trickle?: Trickle } = {},
): Promise<RawResponse> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve) => {
    const received: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    let trickleTimer: NodeJS.Timeout | undefined;
    const finish = (ended: boolean): void => {
      clearTimeout(timeout);
      clearInterval(trickleTimer);
      socket.destroy();
      const text = Buffer.concat(received).toString('latin1');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve({ text, status: status === undefined ? undefined : Number(status), ended });
    };
    const timeout = setTimeout(() => finish(false), timeoutMs);
    socket.on('connect', () => {
      socket.write(bytes);
      if (trickle) trickleTimer = setInterval(() => socket.write(trickle.bytes), trickle.everyMs);
    });
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => finish(true));
  });
}

/** The bytes that a slow client sends repeatedly. */
interface Trickle {
  readonly bytes: string;
  readonly everyMs: number;
}
