import { readFileSync } from 'node:fs';

/** Clock ticks per second; the Linux ABI fixes them at 100 for what `/proc` reports. */
const TICKS_PER_SECOND = 100;

/** The user and system CPU time of another process so far, in milliseconds (`utime` and `stime` of proc(5)). */
export function processCpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command's name, in parentheses, may contain any characters.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
}

/** The CPU time of this process so far, in milliseconds. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
