import { parseArgs } from 'node:util';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { startStack, type Stack } from '#deploy/local/stack/index.js';
import type { RecordingStoredPayload } from '#libs/contracts/index.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { MeshPeer } from '../../test/transcription/mesh-peer.js';
import { dualChannelWav, silence, voice } from '../../test/transcription/recordings.js';
import { cpuMs } from '../mesh/process-cost.js';
import { columns, jsonLine, judged, shown, told, type Figure } from '../figures.js';

const USAGE = `Usage: npm run bench:transcription -- [--recordings N] [--kills N] [--short]

Recordings a minute through transcription alone: stored audio, the local recogniser, the local analyst, and what is told.
First without disturbance, then N (500) queued at once while the app is ended by kill -9 (3 times). Exits 1 when a
recording was lost, or anything was told twice. --short: 3 undisturbed, 6 with one kill.`;

/** What customers say, some 2 to 4 s each. */
const SENTENCES = ['leave-gate-code', 'leave-garage', 'beware-of-dog', 'home-after-six', 'hand-to-me', 'do-not-ring'];
const FULL = { undisturbed: 60, recordings: 500, kills: 3 };
const SHORT = { undisturbed: 3, recordings: 6, kills: 1 };
const AT_ONCE = 16;

interface Options {
  readonly undisturbed: number;
  readonly recordings: number;
  readonly kills: number;
}

function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        recordings: { type: 'string' },
        kills: { type: 'string' },
        short: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      process.exit(0);
    }
    const { undisturbed, ...usual } = values.short ? SHORT : FULL;
    const [recordings, kills] = [Number(values.recordings ?? usual.recordings), Number(values.kills ?? usual.kills)];
    if (!Number.isSafeInteger(recordings) || recordings < 1) throw new Error('--recordings must be 1 or more.');
    if (!Number.isSafeInteger(kills) || kills < 0) throw new Error('--kills must be a whole number.');
    return { undisturbed, recordings, kills };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

interface Outcome {
  readonly seconds: number;
  readonly audioSeconds: number;
  readonly cpuMs: number;
  /** Recordings of which nothing, or not everything, was told. */
  readonly lost: number;
  /** Recordings of which something was told twice, or out of order. */
  readonly doubled: number;
}

/** Queues them all, ends the app in between as often as is wanted, and counts what was told of each. */
async function run(stack: Stack, peer: MeshPeer, count: number, kills: number, report: Report): Promise<Outcome> {
  const audio = SENTENCES.map((id) => dualChannelWav(silence(0.2), voice(id)));
  const app = stack.apps.get('transcription');
  const began = performance.now();
  const cpuBefore = cpuMs(app?.pid ?? 0);
  const recordings: RecordingStoredPayload[] = [];
  for (let first = 0; first < count; first += AT_ONCE) {
    const some = Array.from(
      { length: Math.min(AT_ONCE, count - first) },
      (_, index) => audio[(first + index) % audio.length],
    );
    recordings.push(...(await Promise.all(some.map((wav) => peer.record(wav ?? Buffer.alloc(0))))));
  }
  report(`${count} recordings queued after ${shown((performance.now() - began) / 1_000)} s`);
  const ended = (): number => recordings.filter((one) => peer.toldOf(one).length >= 2).length;
  for (let kill = 1; kill <= kills; kill += 1) {
    const share = Math.floor((count * kill) / (kills + 1));
    await waitUntil(() => ended() >= share, { what: `${share} recordings`, deadlineMs: 900_000, everyMs: 100 });
    report(`kill -9 after ${ended()} recordings`);
    await app?.kill9();
    await app?.restart();
    await app?.ready();
  }
  await waitUntil(() => ended() === count, { what: 'the last recordings', deadlineMs: 900_000, everyMs: 100 }).catch(
    (error: unknown) => report(String(error)),
  );
  const seconds = (performance.now() - began) / 1_000;
  const told = recordings.map((one) => peer.toldOf(one).map(({ sequence }) => sequence));
  return {
    seconds,
    audioSeconds: recordings.reduce((sum, { sizeBytes }) => sum + (sizeBytes - 44) / 32_000, 0),
    cpuMs: cpuMs(app?.pid ?? 0) - cpuBefore,
    lost: told.filter((sequences) => new Set(sequences).size < 2).length,
    doubled: told.filter((sequences) => sequences.some((sequence, index) => sequence !== index + 1)).length,
  };
}

type Report = (line: string) => void;

async function main({ undisturbed, recordings, kills }: Options): Promise<void> {
  const report: Report = (line) => void process.stderr.write(`  ${line}\n`);
  const stack = await startStack({
    apps: ['transcription'],
    servers: ['mongodb', 'redis', 'nats', 's3'],
    // The bench starts it again itself.
    revive: false,
    log: 'file',
    print: report,
    readyDeadlineMs: 120_000,
  });
  let peer: MeshPeer | undefined;
  try {
    const env = stack.env['transcription'] ?? {};
    const s3 = {
      endpoint: env['S3_ENDPOINT'] ?? '',
      region: env['S3_REGION'] ?? '',
      bucket: env['S3_BUCKET'] ?? '',
      accessKeyId: env['S3_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: env['S3_SECRET_ACCESS_KEY'] ?? '',
    };
    const sealer = new DataSealer([env['CUSTOMER_DATA_KEY'] ?? '']);
    peer = await MeshPeer.connect(env['NATS_URL'] ?? '', s3, sealer);
    await peer.listen();
    const calm = await run(stack, peer, undisturbed, 0, report);
    const stormy = await run(stack, peer, recordings, kills, report);
    const row = (name: string, count: number, one: Outcome): string[] => [
      name,
      String(count),
      shown((count * 60) / one.seconds),
      shown(one.audioSeconds / one.seconds),
      String(one.lost),
      String(one.doubled),
    ];
    const headings = ['', 'recordings', 'a minute', 'audio s/s', 'lost', 'doubled'];
    const rows = [row('undisturbed', undisturbed, calm), row(`${kills} kills`, recordings, stormy)];
    process.stdout.write(`\n${columns(headings, rows)}\n`);
    const wrong = calm.lost + calm.doubled + stormy.lost + stormy.doubled;
    const figures: Record<string, Figure> = {
      recordingsPerMinute: told((undisturbed * 60) / calm.seconds),
      audioSecondsPerSecond: told(calm.audioSeconds / calm.seconds),
      cpuMsPerRecording: told(calm.cpuMs / undisturbed),
      'kills.recordingsPerMinute': told((recordings * 60) / stormy.seconds),
      lostOrDoubled: judged(wrong, 0, 'at-most'),
    };
    process.stdout.write(`\n${jsonLine('transcription', figures)}\n`);
    if (wrong > 0) process.exitCode = 1;
  } finally {
    await peer?.close();
    await stack.stop();
  }
}

await main(readOptions());
