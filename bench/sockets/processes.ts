import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ClientReport, FromBare, FromClients, SocketPlan, ToBare, ToClients } from './protocol.js';

const scriptPath = (name: string): string => fileURLToPath(new URL(`./${name}.js`, import.meta.url));

/** The resident memory of a process in bytes; see proc(5). */
export function residentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}

/** A child process that exits when the channel to its parent closes. */
class Child<To extends object, From extends { readonly kind: string }> {
  protected readonly process: ChildProcess;

  constructor(script: string) {
    this.process = fork(scriptPath(script), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  protected send(message: To): void {
    this.process.send(message);
  }

  /** Waits for the next message of a kind. @throws Error if the process exits first. */
  protected next<K extends From['kind']>(kind: K): Promise<Extract<From, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const listener = (message: From): void => {
        if (message.kind !== kind) return;
        this.process.off('message', listener);
        this.process.off('exit', onExit);
        resolve(message as Extract<From, { kind: K }>);
      };
      const onExit = (code: number | null): void =>
        reject(new Error(`A child process of the bench exited with ${String(code)}.`));
      this.process.on('message', listener);
      this.process.once('exit', onExit);
    });
  }

  protected waitForExit(): Promise<void> {
    return new Promise((resolve) => this.process.once('exit', () => resolve()));
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }
}

/** The process that holds the sockets of all agents. */
export class Clients extends Child<ToClients, FromClients> {
  constructor() {
    super('client');
  }

  /** @returns One line for each socket that could not connect. */
  async open(sockets: readonly SocketPlan[], pollMs: number): Promise<readonly string[]> {
    const opened = this.next('opened');
    this.send({ kind: 'open', sockets, pollMs });
    return (await opened).failed;
  }

  async report(): Promise<ClientReport> {
    const report = this.next('report');
    this.send({ kind: 'report' });
    return (await report).report;
  }

  async close(): Promise<void> {
    const hasExited = this.waitForExit();
    this.send({ kind: 'close' });
    await hasExited;
  }
}

/** The bare Socket.IO server. */
export class BareServer extends Child<ToBare, FromBare> {
  /** When each message was handed to Socket.IO, by key. */
  readonly sentAt = new Map<string, number>();

  constructor() {
    super('bare-server');
    this.process.on('message', (message: FromBare) => {
      if (message.kind === 'sent') this.sentAt.set(message.key, message.at);
    });
  }

  async url(): Promise<string> {
    return `http://127.0.0.1:${(await this.next('listening')).port}`;
  }

  order(order: ToBare): void {
    this.send(order);
  }
}
