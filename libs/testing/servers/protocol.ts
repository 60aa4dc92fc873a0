import type { ServerName } from '#deploy/local/servers/index.js';

/** The socket of the run's coordinator, set by Jest's global set-up for its workers. */
export const COORDINATOR_VARIABLE = 'DELAUTO_TEST_SERVERS';

/** What a test may do to a server of its own. */
export const SERVER_ACTS = ['kill9', 'restart', 'pause', 'resume'] as const;
export type ServerAct = (typeof SERVER_ACTS)[number];

/**
 * One JSON object a line. A connection is a lease: it begins with `lease`, and what was leased is cleaned away when the
 * connection ends, be it that the test file is done or that its worker died.
 */
export type Request = { readonly do: 'lease'; readonly server: ServerName } | { readonly do: ServerAct | 'release' };

export type Reply =
  | { readonly ok: true; readonly environment: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Calls `receive` with each line that arrives in pieces. */
export function lineReader(receive: (line: string) => void): (chunk: Buffer | string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(receive);
  };
}
