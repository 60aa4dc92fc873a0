import { connect } from 'node:net';

export interface RawAnswer {
  /** Everything the server said before it ended the connection or we were satisfied. */
  readonly text: string;
  readonly status: number | undefined;
  /** Whether the server ended the connection. */
  readonly ended: boolean;
}

/**
 * Writes bytes no HTTP client would, and hears what the server answers.
 * @param patienceMs the connection is given up after so long; `ended` is then false
 */
export function rawRequest(
  baseUrl: string,
  bytes: string | Buffer,
  { patienceMs = 10_000, trickle }: { readonly patienceMs?: number; readonly trickle?: Trickle } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve) => {
    const heard: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    let feeding: NodeJS.Timeout | undefined;
    const done = (ended: boolean): void => {
      clearTimeout(patience);
      clearInterval(feeding);
      socket.destroy();
      const text = Buffer.concat(heard).toString('latin1');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      resolve({ text, status: status === undefined ? undefined : Number(status), ended });
    };
    const patience = setTimeout(() => done(false), patienceMs);
    socket.on('connect', () => {
      socket.write(bytes);
      if (trickle) feeding = setInterval(() => socket.write(trickle.bytes), trickle.everyMs);
    });
    socket.on('data', (chunk) => heard.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => done(true));
  });
}

/** What a slow client goes on sending. */
interface Trickle {
  readonly bytes: string;
  readonly everyMs: number;
}
