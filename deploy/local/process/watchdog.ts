import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Reads `add PID`, `del PID`, `dir PATH` and `keep PATH` lines. Its input ends when this process ends, even after a
 * crash. It then kills the process groups and removes the folders that are still listed. It is a shell script, because
 * a shell needs only 1 MB and exists everywhere.
 */
const SCRIPT = `
trap '' INT TERM HUP
pids=
dirs=
without() { for item in $1; do [ "$item" = "$2" ] || printf ' %s' "$item"; done; }
while read -r verb value; do
  case $verb in
    add) pids="$pids $value" ;;
    del) pids=$(without "$pids" "$value") ;;
    dir) dirs="$dirs$value
" ;;
    keep) dirs=$(printf '%s' "$dirs" | grep -vxF -- "$value"; printf x); dirs=\${dirs%x} ;;
  esac
done
for pid in $pids; do kill -s KILL -- "-$pid" 2>/dev/null; done
printf '%s' "$dirs" | while IFS= read -r dir; do
  for attempt in 1 2 3 4 5; do rm -rf -- "$dir" 2>/dev/null && break; sleep 0.2; done
done
`;

let watchdog: ChildProcess | undefined;

function send(line: string): void {
  if (!watchdog || watchdog.exitCode !== null || watchdog.signalCode !== null) {
    // A separate session, so that Ctrl-C in the terminal does not reach it.
    watchdog = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    watchdog.on('error', () => undefined);
    watchdog.unref();
    const input = watchdog.stdin as Socket;
    input.on('error', () => undefined);
    input.unref();
  }
  watchdog.stdin?.write(`${line}\n`);
}

/** Process groups that the watchdog kills when this process ends for any reason. */
export const guardedGroups = {
  add: (pid: number): void => send(`add ${pid}`),
  remove: (pid: number): void => send(`del ${pid}`),
};

/** Folders that the watchdog removes when this process ends for any reason. */
export const temporaryFolders = {
  add(path: string): void {
    if (!path.startsWith('/') || path.split('/').length < 3 || path.includes('\n')) {
      throw new Error(`Refusing to register "${path}" for removal: it must be absolute and at least two levels deep.`);
    }
    send(`dir ${path}`);
  },
  remove: (path: string): void => send(`keep ${path}`),
};
