import { existsSync, readFileSync, truncateSync } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { LedgerEntry, LedgerEvent } from './ledger-entry.js';

/** Folds entries into its own state. Called for each entry in order, also while an existing ledger is read. */
export type Projection = (entry: LedgerEntry) => void;

/**
 * The simulator's append-only log: one JSON object per line, synced to disk. It is the evidence of which phones rang,
 * so no effect may become visible to the application before `flushed()` confirms that it is on disk.
 */
export class Ledger {
  private readonly projections: Projection[] = [];
  private pending: string[] = [];
  private flushWaiters: { resolve: () => void; reject: (reason: unknown) => void }[] = [];
  private file: FileHandle | undefined;
  private isWriting = false;
  private isClosing = false;
  private seq = 0;

  constructor(
    private readonly path: string,
    private readonly now: () => number,
  ) {}

  /** Sequence number of the newest entry. */
  get lastSeq(): number {
    return this.seq;
  }

  /** Registers a projection. Call it before `open`, so that the projection sees all entries. */
  addProjection(projection: Projection): void {
    this.projections.push(projection);
  }

  /**
   * Reads the entries of earlier runs and opens the file for appending. A last line that a crash truncated is dropped,
   * because it was never acknowledged.
   * @throws Error if any other line is damaged
   */
  async open(): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const text = readRepairedText(this.path);
    for (const [index, line] of text.split('\n').entries()) {
      if (line === '') continue;
      const entry = parseLine(line, index + 1, this.path);
      this.seq = entry.seq;
      for (const projection of this.projections) projection(entry);
    }
    this.file = await open(this.path, 'a');
  }

  /**
   * Applies the event to all projections now and writes it to disk soon. Await `flushed()` before any external effect.
   * Events after `close` are not written and are lost at a restart, as after a crash.
   */
  append(event: LedgerEvent): LedgerEntry {
    const entry: LedgerEntry = { seq: ++this.seq, at: this.now(), ...event };
    for (const projection of this.projections) projection(entry);
    if (!this.isClosing) {
      this.pending.push(JSON.stringify(entry) + '\n');
      void this.write();
    }
    return entry;
  }

  /** Resolves when all entries appended so far are on disk. */
  flushed(): Promise<void> {
    if (this.pending.length === 0 && !this.isWriting) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.flushWaiters.push({ resolve, reject });
      void this.write();
    });
  }

  /** Writes the remaining entries and closes the file. */
  async close(): Promise<void> {
    this.isClosing = true;
    await this.flushed();
    await this.file?.close();
    this.file = undefined;
  }

  /** Writes in batches (group commit): entries that are appended while one batch is synced form the next batch. */
  private async write(): Promise<void> {
    if (this.isWriting || this.file === undefined) return;
    this.isWriting = true;
    while (this.pending.length > 0 || this.flushWaiters.length > 0) {
      const lines = this.pending.join('');
      const waiters = this.flushWaiters;
      this.pending = [];
      this.flushWaiters = [];
      try {
        if (lines !== '') {
          await this.file.appendFile(lines);
          await this.file.datasync();
        }
        for (const { resolve } of waiters) resolve();
      } catch (reason) {
        for (const { reject } of waiters) reject(reason);
      }
    }
    this.isWriting = false;
  }
}

/** Reads the file up to the last complete line, and truncates it there. */
function readRepairedText(path: string): string {
  if (!existsSync(path)) return '';
  const bytes = readFileSync(path);
  const completeLength = bytes.lastIndexOf(0x0a) + 1;
  if (completeLength < bytes.length) truncateSync(path, completeLength);
  return bytes.toString('utf8', 0, completeLength);
}

function parseLine(line: string, number: number, path: string): LedgerEntry {
  try {
    return JSON.parse(line) as LedgerEntry;
  } catch (cause) {
    throw new Error(`Line ${number} of the ledger ${path} is damaged. Move the file away to start a new one.`, {
      cause,
    });
  }
}
