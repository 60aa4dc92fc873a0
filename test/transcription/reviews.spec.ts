import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CorrectInstructionsRpc,
  ExportExamplesRpc,
  GetTranscriptRpc,
  InstructionsCorrected,
  ListReviewsRpc,
  SearchTranscriptsRpc,
  type Correction,
  type Transcript,
  type TranscriptPage,
} from '#libs/contracts/index.js';
import { ORGANIZATION } from '#libs/testing/mesh/mesh-double.js';
import { readAnalysisSet } from '../../bench/analysis/analysis-set.js';
import { TranscriptionFixture, type SpokenRecording } from './transcription-fixture.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('corrections of transcripts by dispatchers, on real servers', () => {
  let transcribing: TranscriptionFixture;

  beforeAll(async () => {
    transcribing = await TranscriptionFixture.open();
  });
  afterAll(() => transcribing?.close());

  const listReviews = (query: object = {}, organizationId = ORGANIZATION): Promise<TranscriptPage> =>
    transcribing.mesh.call(ListReviewsRpc, { limit: 50, state: 'open', ...query }, { organizationId });
  const read = ({ recordingId, organizationId }: SpokenRecording): Promise<Transcript> =>
    transcribing.mesh.call(GetTranscriptRpc, { recordingId }, { organizationId });
  const correct = ({ recordingId, organizationId }: SpokenRecording, correction: Correction, options: object = {}) =>
    transcribing.mesh.call(CorrectInstructionsRpc, { recordingId, correction, ...options }, { organizationId });
  const toIds = ({ items }: TranscriptPage): string[] => items.map(({ recordingId }) => recordingId);

  it('are requested only if the customer wants a person or the recording is unreadable', async () => {
    const organizationId = 'org_reviews';
    await transcribing.say('Please leave it in the garage.', { organizationId });
    const wantsPerson = await transcribing.say('I want to speak to a real person about this.', { organizationId });
    const broken = await transcribing.record(Buffer.from('<html>502 Bad Gateway</html>'), { organizationId });
    await transcribing.waitForState(broken, 'failed');
    const page = await listReviews({}, organizationId);
    expect(page.items.map(({ recordingId, review }) => [recordingId, review?.reasons])).toEqual([
      [wantsPerson.recordingId, ['asks_for_person']],
      [broken.recordingId, ['unreadable']],
    ]);
    const first = await listReviews({ limit: 1 }, organizationId);
    const second = await listReviews({ limit: 1, cursor: first.nextCursor ?? '' }, organizationId);
    expect([first, second].flatMap(toIds)).toEqual([wantsPerson.recordingId, broken.recordingId]);
    expect(second.nextCursor).toBeUndefined();
    expect(toIds(await listReviews({}, 'org_other'))).toEqual([]);
    await correct(broken, { safePlace: { value: 'shed', text: 'the rabbit hutch' } });
    const { items } = await transcribing.mesh.call(
      SearchTranscriptsRpc,
      { q: 'rabbit hutch', limit: 5 },
      { organizationId },
    );
    expect(items.map(({ recordingId }) => recordingId)).toEqual([broken.recordingId]);
  });

  it('create a new version, which is published once and can be searched', async () => {
    const recording = await transcribing.say('Please leave it in the garage, I want to talk to somebody.');
    expect(await read(recording)).toMatchObject({ version: 1, review: { state: 'open' } });
    const correction = {
      safePlace: { value: 'shed' as const, text: 'the greenhouse' },
      needsHuman: null,
      note: 'Listened.',
    };
    const corrected = await correct(recording, correction);
    expect(corrected).toMatchObject({
      version: 2,
      note: 'Listened.',
      instructions: { safePlace: { value: 'shed', text: 'the greenhouse', source: 'person', confidence: 1 } },
      review: { state: 'closed', reasons: ['asks_for_person'] },
    });
    expect(await read(recording)).toEqual(corrected);
    expect(toIds(await listReviews())).not.toContain(recording.recordingId);
    expect(toIds(await listReviews({ state: 'closed' }))).toContain(recording.recordingId);

    const listEvents = async () =>
      (await transcribing.mesh.published(InstructionsCorrected)).filter(
        ({ payload }) => payload.recordingId === recording.recordingId,
      );
    await waitUntil(async () => (await listEvents()).length > 0, {
      what: 'the correction to be published',
    });
    expect((await listEvents()).map(({ payload }) => payload)).toEqual([
      expect.objectContaining({
        deliveryId: recording.deliveryId,
        attemptId: recording.attemptId,
        version: 2,
        removed: ['needsHuman'],
        instructions: corrected.instructions,
      }),
    ]);
    const findGreenhouse = async () =>
      (await transcribing.mesh.call(SearchTranscriptsRpc, { q: 'greenhouse', limit: 5 }, {})).items.map(
        ({ recordingId }) => recordingId,
      );
    expect(await findGreenhouse()).toEqual([recording.recordingId]);
  });

  it('are rejected at another revision, before the transcript is ready, and from another organization', async () => {
    const recording = await transcribing.say('Ring the bell twice.');
    const { revision } = await correct(recording, {});
    await expect(correct(recording, {}, { expectedRevision: revision - 1 })).rejects.toMatchObject({
      code: 'revision_mismatch',
    });
    await expect(correct({ ...recording, organizationId: 'org_other' }, {})).rejects.toMatchObject({
      code: 'not_found',
    });
    const transcripts = transcribing.database.collection<{ _id: string; state: string }>('transcripts');
    await transcripts.updateOne({ _id: recording.recordingId }, { $set: { state: 'transcribed' } });
    await expect(correct(recording, {})).rejects.toMatchObject({ code: 'transcript_not_ready' });
  });

  it('can be exported as an evaluation set without access codes', async () => {
    const organizationId = 'org_examples';
    const one = await transcribing.say('The gate code is 4271, leave it in the garage.', { organizationId });
    const other = await transcribing.say('Come after six tomorrow.', { organizationId });
    await correct(one, { hazards: ['dog'] });
    await correct(other, {});
    const page = await transcribing.mesh.call(ExportExamplesRpc, { limit: 25 }, { organizationId });
    const lines = page.items.map(({ line }) => line).join('\n');
    expect(lines).not.toContain('4271');
    const folder = await mkdtemp(join(tmpdir(), 'delauto-examples-'));
    const file = join(folder, 'examples.jsonl');
    await writeFile(file, `${lines}\n`);
    const set = await readAnalysisSet(file);
    await rm(folder, { recursive: true });
    expect(set.map(({ id, expected }) => [id, expected.safePlace, expected.hazards])).toEqual([
      [one.recordingId, 'garage', ['dog']],
      [other.recordingId, null, []],
    ]);
    expect(set[1]?.expected.availability).toHaveLength(1);
  });
});
