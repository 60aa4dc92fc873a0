import { randomUUID } from 'node:crypto';
import type mongoose from 'mongoose';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import {
  CallCompleted,
  CallRequested,
  CustomerErased,
  DeliveryAssigned,
  GetDeliveryAgentRpc,
  GetTranscriptRpc,
  SearchTranscriptsRpc,
  type SearchPage,
  type SearchRequest,
} from '#libs/contracts/index.js';
import { ORGANIZATION, type MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { TranscriptionFixture, type SpokenRecording } from './transcription-fixture.js';

const window = { start: '2026-03-03T18:00:00Z', end: '2026-03-03T22:00:00Z' };

describe('transcripts and their search, on real servers', () => {
  let transcribing: TranscriptionFixture;
  let mesh: MeshDouble;
  let database: mongoose.Connection;

  beforeAll(async () => {
    transcribing = await TranscriptionFixture.open();
    ({ mesh, database } = transcribing);
  });
  afterAll(() => transcribing?.close());

  const say: TranscriptionFixture['say'] = (...args) => transcribing.say(...args);
  const search = (query: Partial<SearchRequest> & { q: string }, organizationId = ORGANIZATION): Promise<SearchPage> =>
    mesh.call(SearchTranscriptsRpc, { limit: 20, ...query }, { organizationId });
  const toIds = ({ items }: SearchPage): string[] => items.map(({ recordingId }) => recordingId);

  const publishRequested = ({ attemptId, deliveryId, organizationId }: SpokenRecording, customerId: string) =>
    mesh.publish(CallRequested, {
      aggregateId: attemptId,
      organizationId,
      payload: {
        attemptId,
        deliveryId,
        customerId,
        reference: 'R',
        attempt: 1,
        customerName: 'Cara',
        phone: '+13125550123',
        language: 'en',
        organizationName: 'Swift',
        window,
        alternativeWindows: [],
        zone: 'America/Chicago',
        candidateZones: ['America/Chicago'],
        callsFromMinute: 0,
        callsUntilMinute: 1440,
        legalBasis: 'consent',
        attemptsForDelivery: 0,
        attemptsToday: 0,
        expiresAt: window.start,
      },
    });
  const publishAssigned = ({ deliveryId, organizationId }: SpokenRecording, agentId: string, sequence: number) =>
    mesh.publish(DeliveryAssigned, {
      aggregateId: deliveryId,
      organizationId,
      sequence,
      payload: {
        deliveryId,
        agentId,
        reference: 'R',
        agentName: 'Ana',
        customerName: 'Cara',
        position: [-87, 41],
        window,
        reason: { explanation: 'near', cost: 1 },
        customerReached: true,
      },
    });
  const publishCompleted = ({ attemptId, deliveryId, organizationId }: SpokenRecording) =>
    mesh.publish(CallCompleted, {
      aggregateId: attemptId,
      organizationId,
      payload: {
        attemptId,
        deliveryId,
        outcome: 'answered',
        durationSeconds: 9,
        recordingExpected: true,
        conversationFinished: true,
      },
    });

  it('finds words in any inflection, best first, and highlights them', async () => {
    const both = await say('Please leave it in the garage next to the lawnmower.');
    const one = await say('The lawnmower is mine, do not touch it.');
    const page = await search({ q: 'garages lawnmower' });
    expect(toIds(page)).toEqual([both.recordingId, one.recordingId]);
    const [hit] = page.items;
    expect(hit?.score).toBeGreaterThan(page.items[1]?.score ?? Infinity);
    const [snippet] = hit?.snippets ?? [];
    const words = snippet?.highlights.map(({ start, end }) => snippet.text.slice(start, end));
    expect(words).toEqual(['garage', 'lawnmower']);
    expect(hit?.wishes).toContain('leave at garage');
  });

  it('finds the understood instructions, even if their words were not said', async () => {
    const { recordingId } = await say('Watch out, my dog bites strangers on the veranda.');
    expect(toIds(await search({ q: 'beware veranda' }))).toEqual([recordingId]);
  });

  it('finds texts by semantic search, even if they share no word with the query', async () => {
    const organizationId = 'org_meaning';
    const { recordingId } = await say('There is a vicious hound in the yard, it may bite.', { organizationId });
    await say('Leave it on the porch behind the chair.', { organizationId });
    const found = async () => toIds(await search({ q: 'aggressive canine' }, organizationId));
    await waitUntil(async () => (await found()).length > 0, {
      what: 'the text to be found by semantic search',
    });
    expect(await found()).toEqual([recordingId]);
    expect(toIds(await search({ q: 'aggressive canine' }))).not.toContain(recordingId);
  });

  it('recomputes embeddings of another model, and stays searchable meanwhile', async () => {
    const organizationId = 'org_new_model';
    const { recordingId } = await say('The lift is out of order, take the stairwell.', { organizationId });
    const entries = database.collection<{ _id: string; vectorModel?: string }>('searchEntries');
    const readModel = async () => (await entries.findOne({ _id: recordingId }))?.vectorModel;
    const waitOptions = { what: 'the embedding to be computed' };
    await waitUntil(async () => (await readModel()) !== undefined, waitOptions);
    const model = await readModel();
    await entries.updateOne({ _id: recordingId }, [{ $set: { vectorModel: 'another', changedAt: '$$NOW' } }]);
    expect(toIds(await search({ q: 'stairwell' }, organizationId))).toEqual([recordingId]);
    await waitUntil(async () => (await readModel()) === model, waitOptions);
    const found = async () => toIds(await search({ q: 'broken elevator' }, organizationId));
    await waitUntil(async () => (await found()).includes(recordingId), waitOptions);
  });

  it('deletes the embedding with the text', async () => {
    const organizationId = 'org_erases';
    const { recordingId, deliveryId } = await say('My cat sleeps in the greenhouse.', { organizationId });
    const found = async () => toIds(await search({ q: 'sleeping kitten' }, organizationId));
    await waitUntil(async () => (await found()).includes(recordingId), {
      what: 'the text to be found by semantic search',
    });
    const payload = { erasureId: 'ers_1', customerId: 'cus_1', deliveryIds: [deliveryId] };
    await mesh.publish(CustomerErased, { aggregateId: 'ers_1', organizationId, payload });
    await waitUntil(async () => (await found()).length === 0, {
      what: 'the embedding to be deleted',
    });
  });

  it('finds inflected Spanish words if the language is given', async () => {
    const { recordingId } = await say('Déjelo con el vecino, por favor, en los buzones.', { language: 'es' });
    expect(toIds(await search({ q: 'buzón', language: 'es' }))).toEqual([recordingId]);
  });

  it('pages through hits of equal score without gaps or duplicates, while others are added and rankings change', async () => {
    const recordingIds: string[] = [];
    for (let count = 0; count < 5; count += 1) recordingIds.push((await say('The umbrella stand.')).recordingId);
    const first = await search({ q: 'umbrella', limit: 2 });
    const { recordingId: addedId } = await say('The umbrella stand.');
    const found = toIds(first);
    for (let page = first; page.nextCursor !== undefined;) {
      page = await search({ q: 'umbrella', limit: 2, cursor: page.nextCursor });
      found.push(...toIds(page));
    }
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((id) => id !== addedId).sort()).toEqual(recordingIds.sort());
    const { nextCursor: cursor = '' } = first;
    for (const other of [
      { q: 'umbrella', cursor: 'bm9uc2Vuc2U' },
      { q: 'umbrellas', cursor },
    ]) {
      await expect(search(other)).rejects.toMatchObject({ code: 'invalid_request' });
    }
  });

  it('filters by agent, customer, outcome and time, whether their events arrive before or after the transcript', async () => {
    const before = { recordingId: '', attemptId: '', deliveryId: `dlv_${randomUUID()}`, organizationId: ORGANIZATION };
    await publishAssigned(before, 'agt_new', 5);
    const early = await say('The trampoline.', { deliveryId: before.deliveryId, spokenAt: '2026-02-01T10:00:00Z' });
    await publishAssigned(early, 'agt_old', 2);
    await publishRequested(early, 'cus_early');
    await publishCompleted(early);
    const late = await say('The trampoline.', { spokenAt: '2026-03-01T10:00:00Z' });
    await publishRequested(late, 'cus_late');
    await publishAssigned(late, 'agt_late', 1);
    await waitUntil(
      async () => {
        const hits = (await search({ q: 'trampoline' })).items;
        return hits.length === 2 && hits.every(({ customerId, agentId }) => customerId && agentId);
      },
      { what: 'all facts to arrive' },
    );
    expect(toIds(await search({ q: 'trampoline', agentId: 'agt_new' }))).toEqual([early.recordingId]);
    expect(toIds(await search({ q: 'trampoline', agentId: 'agt_old' }))).toEqual([]);
    expect(toIds(await search({ q: 'trampoline', customerId: 'cus_late' }))).toEqual([late.recordingId]);
    expect(toIds(await search({ q: 'trampoline', outcome: 'answered' }))).toEqual([early.recordingId]);
    expect(toIds(await search({ q: 'trampoline', from: '2026-02-15T00:00:00Z' }))).toEqual([late.recordingId]);
    expect(toIds(await search({ q: 'trampoline', to: '2026-02-15T00:00:00Z' }))).toEqual([early.recordingId]);
  });

  it('never shows another organization’s transcripts', async () => {
    const secret = await say('The porcelain unicorn.', { organizationId: 'org_other' });
    expect(toIds(await search({ q: 'unicorn' }, 'org_other'))).toEqual([secret.recordingId]);
    expect(await search({ q: 'porcelain unicorn' })).toEqual({ items: [] });
    const { recordingId } = secret;
    await expect(mesh.call(GetTranscriptRpc, { recordingId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each(['"', '-garage', '$where', '{"$ne":null}', '\\', '"garage', '💥', '-- ; drop', '%00', '.*', 'a'.repeat(200)])(
    'treats %j as plain words',
    async (q) => {
      const page = await search({ q });
      const plain = await search({ q: q.replace(/[^a-z]+/gi, ' ').trim() || '…' });
      expect(toIds(page)).toEqual(toIds(plain));
    },
  );

  it('masks access codes for all users except the assigned agent, and does not find them', async () => {
    const { recordingId, deliveryId } = await say('Put it in the shed. The gate code is 4271, I said 4271. Xylophone.');
    let showsCodes = true;
    const stop = mesh.serve(GetDeliveryAgentRpc, () => ({ deliveryId, agentId: 'agt_own', showsCodes }));
    const dispatcherView = await mesh.call(GetTranscriptRpc, { recordingId });
    expect(dispatcherView).toMatchObject({
      recordingId,
      deliveryId,
      state: 'understood',
      language: 'en',
      provider: 'replay',
      analyst: 'local',
      text: 'Put it in the shed. The gate code is ••••, I said ••••. Xylophone.',
      instructions: { safePlace: { value: 'shed' }, accessCode: { value: '••••' } },
    });
    expect(dispatcherView.segments.map(({ text }) => text).join(' ')).toContain('••••');
    expect(JSON.stringify(dispatcherView)).not.toContain('4271');
    const agentView = await mesh.call(GetTranscriptRpc, { recordingId, agentId: 'agt_own' });
    expect(agentView.instructions?.accessCode?.value).toBe('4271');
    expect(agentView.text).toContain('4271');
    showsCodes = false;
    expect(JSON.stringify(await mesh.call(GetTranscriptRpc, { recordingId, agentId: 'agt_own' }))).not.toContain(
      '4271',
    );
    await expect(mesh.call(GetTranscriptRpc, { recordingId, agentId: 'agt_x' })).rejects.toMatchObject({
      code: 'not_found',
    });
    stop();
    expect(toIds(await search({ q: '4271' }))).toEqual([]);
    const [hit] = (await search({ q: 'xylophone' })).items;
    expect(hit).toMatchObject({ recordingId });
    expect(JSON.stringify(hit)).not.toContain('4271');
  });
});
