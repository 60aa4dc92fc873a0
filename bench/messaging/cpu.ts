import { readFileSync } from 'node:fs';

/** Clock ticks a second; fixed at 100 by the Linux ABI for what `/proc` reports. */
const TICKS = 100;

/** CPU time used so far by another process, user and system, in ms (`utime` and `stime` of proc(5)). */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command's name, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS;
}

/** CPU time used so far by this process, in ms. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
