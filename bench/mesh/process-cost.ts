import { readFileSync } from 'node:fs';
import type { Stack } from '#deploy/local/stack/index.js';

/** CPU time used so far, in milliseconds, by process. */
export type CpuClock = ReadonlyMap<string, number>;

/** Linux counts CPU time in `/proc` in hundredths of a second (USER_HZ), independent of the kernel's own tick. */
const MS_PER_TICK = 10;

/** User and system time of a process and of its ended children, in milliseconds; see proc(5), `/proc/[pid]/stat`. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in parentheses, which may itself contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [utime, stime, cutime, cstime] = fields.slice(11, 15).map(Number);
  return ((utime ?? 0) + (stime ?? 0) + (cutime ?? 0) + (cstime ?? 0)) * MS_PER_TICK;
}

/** The CPU clocks of all apps and servers that run as processes on this machine, and of this process as `bench`. */
export function readCpuClock(apps: Stack['apps'], servers: Stack['servers']): CpuClock {
  const processes = [...apps.values(), ...servers.values()].map(({ name, pid }) => [name, pid] as const);
  const clock = new Map<string, number>();
  for (const [name, pid] of [...processes, ['bench', process.pid] as const]) {
    // A server behind a URL or in a container has no readable process.
    if (pid !== undefined) clock.set(name, cpuMs(pid));
  }
  return clock;
}

/** The CPU time that each process used between two readings, in milliseconds. */
export function cpuSpent(before: CpuClock, after: CpuClock): Map<string, number> {
  return new Map([...after].map(([name, ms]) => [name, ms - (before.get(name) ?? 0)]));
}
