/**
 * Synthesizes the customers' voices: `npx node apps/simulator/voices/make-voices.ts`. Needs Debian's `flite`, `festival`,
 * `festvox-us-slt-hts` and `sox`. Writes one WAV file per utterance (8 kHz, 16 bits, mono, telephone bandwidth), and
 * `voices.json` with the text and the synthesizer of each.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One utterance of a simulated customer, and the voice that says it. */
interface Utterance {
  readonly id: string;
  readonly text: string;
  /** flite's `slt` (woman, US), `rms` (man, US), `awb` (man, Scottish), or Festival's HTS `slt_hts` (woman, US). */
  readonly voice: 'slt' | 'rms' | 'awb' | 'slt_hts';
}

const say = (id: string, voice: Utterance['voice'], text: string): Utterance => ({ id, voice, text });

const utterances: readonly Utterance[] = [
  say('yes', 'slt_hts', 'Yes, that is right.'),
  say('yes-rms', 'rms', 'Yes, that is right.'),
  say('yes-record', 'slt', 'Yes, that is fine.'),
  say('yes-record-rms', 'rms', 'Yes, that is fine.'),
  say('no', 'slt', 'No, that is wrong.'),
  say('home', 'slt_hts', 'Yes, I will be home.'),
  say('home-rms', 'rms', 'Yes, I will be at home.'),
  say('not-home', 'slt_hts', 'No, I will not be home.'),
  say('not-home-rms', 'rms', 'No, I will not be at home.'),
  say('not-home-after-six', 'rms', 'No, I will be home after six in the evening.'),
  say('leave-behind-planter', 'slt_hts', 'Please leave it on the back porch, behind the flower pot.'),
  say('leave-back-porch', 'rms', 'Please leave it on the back porch behind the chair.'),
  say('leave-gate-code', 'rms', 'The gate code is four two seven one. Please leave it at the front door.'),
  say(
    'many-wishes',
    'rms',
    'The gate code is four two seven one. Leave it on the back porch. Watch out for the dog. And please do not ring the bell.',
  ),
  say('leave-with-neighbour', 'slt_hts', 'Please give it to my neighbor in number twelve.'),
  say('leave-next-door', 'rms', 'Please give it to my neighbor next door.'),
  say('home-after-six', 'rms', 'I will be home after six in the evening.'),
  say('leave-garage', 'rms', 'You can put it in the garage. The side door is open.'),
  say('leave-reception', 'slt_hts', 'Leave it with the front desk, please.'),
  say('do-not-ring', 'slt', 'Please knock and do not ring the bell. The baby is sleeping.'),
  say('hand-to-me', 'rms', 'Please hand it to me in person.'),
  say('beware-of-dog', 'slt_hts', 'Please leave it in the shed, and watch out for the dog.'),
  say('another-day', 'slt_hts', 'I would like another day, please.'),
  say('first-one', 'slt_hts', 'The first one, please.'),
  say('tomorrow-afternoon', 'slt_hts', 'Tomorrow afternoon, please.'),
  say('stop-calling', 'rms', 'Please do not call me again.'),
  say('take-me-off', 'slt', 'Take me off your list.'),
  say('who-is-calling', 'slt_hts', 'Who is calling?'),
  say('repeat', 'rms', 'Can you repeat that, please?'),
  say('wait', 'slt_hts', 'One moment, please.'),
  say('human', 'rms', 'I want to talk to a person.'),
  say('have-to-go', 'slt', 'Sorry, I have to go now.'),
  say('mumble', 'awb', 'Well, you know, it depends.'),
  say(
    'greeting-voicemail',
    'slt_hts',
    'Hello. I cannot come to the phone right now. Please leave a message after the tone.',
  ),
  say('dispatcher-hello', 'rms', 'Hello, this is the dispatcher. How can I help you?'),
];

const folder = import.meta.dirname;
const workFolder = mkdtempSync(join(tmpdir(), 'voices-'));

function synthesize({ voice, text }: Utterance, target: string): string {
  if (voice === 'slt_hts') {
    execFileSync('text2wave', ['-eval', '(voice_cmu_us_slt_arctic_hts)', '-o', target], { input: text });
    return 'festival voice_cmu_us_slt_arctic_hts';
  }
  execFileSync('flite', ['-voice', voice, '-t', text, '-o', target]);
  return `flite -voice ${voice}`;
}

try {
  const voices = utterances.map((utterance) => {
    const rawFile = join(workFolder, `${utterance.id}.wav`);
    const madeWith = synthesize(utterance, rawFile);
    const file = `${utterance.id}.wav`;
    // Trims silence at both ends, because the simulator adds the pauses of the conversation.
    const trim = [
      'silence',
      '1',
      '0.02',
      '0.2%',
      'reverse',
      'silence',
      '1',
      '0.02',
      '0.2%',
      'reverse',
      'pad',
      '0.05',
      '0.1',
    ];
    execFileSync('sox', [
      '-D',
      rawFile,
      '-b',
      '16',
      '-c',
      '1',
      join(folder, file),
      'rate',
      '8000',
      'sinc',
      '200-3600',
      ...trim,
      'norm',
      '-6',
    ]);
    return { ...utterance, file, bytes: statSync(join(folder, file)).size, madeWith };
  });
  const manifest = {
    format: 'RIFF/WAVE, PCM, 8000 Hz, 16 bits, mono',
    madeBy: 'make-voices.ts with Debian flite 2.2, festival 2.5 (festvox-us-slt-hts) and sox 14.4',
    voices,
  };
  writeFileSync(join(folder, 'voices.json'), JSON.stringify(manifest, null, 2) + '\n');
  const total = voices.reduce((sum, { bytes }) => sum + bytes, 0);
  process.stdout.write(`${voices.length} voices, ${total} bytes.\n`);
} finally {
  rmSync(workFolder, { recursive: true });
}
