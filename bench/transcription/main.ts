import { parseArgs } from 'node:util';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { startStack, type Stack } from '#deploy/local/stack/index.js';
import type { RecordingStoredPayload } from '#libs/contracts/index.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';
import { MeshPeer } from '../../test/transcription/mesh-peer.js';
import { dualChannelWav, silence, voice } from '../../test/transcription/recordings.js';
import { cpuMs } from '../mesh/process-cost.js';
import { formatTable, jsonLine, judged, formatNumber, reported, type Figure } from '../figures.js';

const USAGE = `Usage: npm run bench:transcription -- [--recordings N] [--kills N] [--short]

Recordings per minute through transcription alone: stored audio, the local recognizer, the local analyst and the events.
First without disturbance, then N (500) queued at once while the app is killed by kill -9 (3 times). Exits 1 when a
recording was lost, or an event was published twice. --short: 3 undisturbed, 6 with one kill.`;

/** Ids of the simulator's voices; each utterance lasts about 2 to 4 s. */
const SENTENCES = ['leave-gate-code', 'leave-garage', 'beware-of-dog', 'home-after-six', 'hand-to-me', 'do-not-ring'];
const FULL = { undisturbed: 60, recordings: 500, kills: 3 };
const SHORT = { undisturbed: 3, recordings: 6, kills: 1 };
const CONCURRENT_UPLOADS = 16;

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
    const { undisturbed, ...defaults } = values.short ? SHORT : FULL;
    const [recordings, kills] = [
      Number(values.recordings ?? defaults.recordings),
      Number(values.kills ?? defaults.kills),
    ];
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
  /** Recordings for which no event, or not every event, was published. */
  readonly lost: number;
  /** Recordings with an event published twice or out of order. */
  readonly doubled: number;
}

/** Queues all recordings, kills the app `kills` times in between, and counts the events of each recording. */
async function run(stack: Stack, peer: MeshPeer, count: number, kills: number, report: Report): Promise<Outcome> {
  const audio = SENTENCES.map((id) => dualChannelWav(silence(0.2), voice(id)));
  const app = stack.apps.get('transcription');
  const began = performance.now();
  const cpuBefore = cpuMs(app?.pid ?? 0);
  const recordings: RecordingStoredPayload[] = [];
  for (let first = 0; first < count; first += CONCURRENT_UPLOADS) {
    const batch = Array.from(
      { length: Math.min(CONCURRENT_UPLOADS, count - first) },
      (_, index) => audio[(first + index) % audio.length],
    );
    recordings.push(...(await Promise.all(batch.map((wav) => peer.record(wav ?? Buffer.alloc(0))))));
  }
  report(`${count} recordings queued after ${formatNumber((performance.now() - began) / 1_000)} s`);
  const countFinished = (): number => recordings.filter((one) => peer.listEvents(one).length >= 2).length;
  for (let kill = 1; kill <= kills; kill += 1) {
    const finishedCount = Math.floor((count * kill) / (kills + 1));
    await waitUntil(() => countFinished() >= finishedCount, {
      what: `${finishedCount} recordings`,
      deadlineMs: 900_000,
      everyMs: 100,
    });
    report(`kill -9 after ${countFinished()} recordings`);
    await app?.kill9();
    await app?.restart();
    await app?.ready();
  }
  await waitUntil(() => countFinished() === count, {
    what: 'the last recordings',
    deadlineMs: 900_000,
    everyMs: 100,
  }).catch((error: unknown) => report(String(error)));
  const seconds = (performance.now() - began) / 1_000;
  const sequencesByRecording = recordings.map((one) => peer.listEvents(one).map(({ sequence }) => sequence));
  return {
    seconds,
    audioSeconds: recordings.reduce((sum, { sizeBytes }) => sum + (sizeBytes - 44) / 32_000, 0),
    cpuMs: cpuMs(app?.pid ?? 0) - cpuBefore,
    lost: sequencesByRecording.filter((sequences) => new Set(sequences).size < 2).length,
    doubled: sequencesByRecording.filter((sequences) => sequences.some((sequence, index) => sequence !== index + 1))
      .length,
  };
}

type Report = (line: string) => void;

async function main({ undisturbed, recordings, kills }: Options): Promise<void> {
  const report: Report = (line) => void process.stderr.write(`  ${line}\n`);
  const stack = await startStack({
    apps: ['transcription'],
    servers: ['mongodb', 'redis', 'nats', 's3'],
    // The bench restarts the app itself.
    restartsOnExit: false,
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
    const undisturbedRun = await run(stack, peer, undisturbed, 0, report);
    const runWithKills = await run(stack, peer, recordings, kills, report);
    const row = (name: string, count: number, one: Outcome): string[] => [
      name,
      String(count),
      formatNumber((count * 60) / one.seconds),
      formatNumber(one.audioSeconds / one.seconds),
      String(one.lost),
      String(one.doubled),
    ];
    const headings = ['', 'recordings', 'per minute', 'audio s/s', 'lost', 'duplicated'];
    const rows = [row('undisturbed', undisturbed, undisturbedRun), row(`${kills} kills`, recordings, runWithKills)];
    process.stdout.write(`\n${formatTable(headings, rows)}\n`);
    const errorCount = undisturbedRun.lost + undisturbedRun.doubled + runWithKills.lost + runWithKills.doubled;
    const figures: Record<string, Figure> = {
      recordingsPerMinute: reported((undisturbed * 60) / undisturbedRun.seconds),
      audioSecondsPerSecond: reported(undisturbedRun.audioSeconds / undisturbedRun.seconds),
      cpuMsPerRecording: reported(undisturbedRun.cpuMs / undisturbed),
      'kills.recordingsPerMinute': reported((recordings * 60) / runWithKills.seconds),
      lostOrDoubled: judged(errorCount, 0, 'at-most'),
    };
    process.stdout.write(`\n${jsonLine('transcription', figures)}\n`);
    if (errorCount > 0) process.exitCode = 1;
  } finally {
    await peer?.close();
    await stack.stop();
  }
}

await main(readOptions());
