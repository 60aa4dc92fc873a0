import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Reads `add PID`, `del PID`, `dir PATH` and `keep PATH` lines. Its input ends when this process ends, however it ends;
 * it then kills the process groups and removes the folders it still has on its list. A shell, because it must cost next
 * to nothing (1 MB) and exist everywhere.
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

function tell(line: string): void {
  if (!watchdog || watchdog.exitCode !== null || watchdog.signalCode !== null) {
    // Its own session, so that Ctrl-C in the terminal does not reach it.
    watchdog = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    watchdog.on('error', () => undefined);
    watchdog.unref();
    const input = watchdog.stdin as Socket;
    input.on('error', () => undefined);
    input.unref();
  }
  watchdog.stdin?.write(`${line}\n`);
}

/** Process groups in the watchdog's care: they die with this process, whatever kills it. */
export const guardedGroups = {
  add: (pid: number): void => tell(`add ${pid}`),
  remove: (pid: number): void => tell(`del ${pid}`),
};

/** Folders removed when this process ends, whatever ends it. */
export const temporaryFolders = {
  add(path: string): void {
    if (!path.startsWith('/') || path.split('/').length < 3 || path.includes('\n')) {
      throw new Error(`Not a folder to remove by itself: "${path}".`);
    }
    tell(`dir ${path}`);
  },
  remove: (path: string): void => tell(`keep ${path}`),
};
