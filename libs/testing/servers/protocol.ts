import type { ServerName } from '#deploy/local/servers/index.js';

/** The environment variable with the coordinator's socket, which Vitest's global setup sets for its workers. */
export const COORDINATOR_VARIABLE = 'DELAUTO_TEST_SERVERS';

/** The actions of a test on its dedicated server. */
export const SERVER_ACTS = ['kill9', 'restart', 'pause', 'resume'] as const;
export type ServerAct = (typeof SERVER_ACTS)[number];

/**
 * A request, as one line of JSON. A connection is a lease: it starts with `lease`, and the leased space is cleaned up
 * when the connection ends, because the test file is done or its worker died.
 */
export type Request = { readonly do: 'lease'; readonly server: ServerName } | { readonly do: ServerAct | 'release' };

/** The reply to a request: the environment variables of the requested servers, or an error. */
export type Reply =
  | { readonly ok: true; readonly environment: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Returns a function that assembles chunks and calls `receive` with each complete line. */
export function lineReader(receive: (line: string) => void): (chunk: Buffer | string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(receive);
  };
}
