import { GetRecordingLinkRpc, GetTranscriptRpc, type GetRecordingLinkRequest } from '#libs/contracts/index.js';
import { parseOrganizationId } from '#libs/persistence/index.js';
import { AgentTokens } from '../authentication/agent-tokens.js';
import { EdgeFixture } from '../testing/edge-fixture.js';

describe('listening to recordings', () => {
  let edge: EdgeFixture;

  beforeAll(async () => {
    edge = await EdgeFixture.start({});
  });

  afterAll(() => edge?.stop());

  it('is limited to their own deliveries for agents, and possible for all deliveries with an API key', async () => {
    const { id, key } = await edge.createOrganization();
    const { token: agentToken } = edge.gateway().app.get(AgentTokens).issue(parseOrganizationId(id), 'agt_1');
    const requests: GetRecordingLinkRequest[] = [];
    edge.mesh.serve(GetRecordingLinkRpc, (request) => {
      requests.push(request);
      return { url: 'https://store.example/rec.wav?signed', expiresAt: '2026-03-02T15:15:00Z' };
    });
    edge.mesh.serve(GetTranscriptRpc, (request) => {
      requests.push(request);
      const ids = { recordingId: 'rec_1', attemptId: 'att_1', deliveryId: 'dlv_1' };
      const at = '2026-03-02T15:00:00Z';
      return { ...ids, state: 'waiting' as const, segments: [], version: 0, createdAt: at, updatedAt: at, revision: 1 };
    });
    const agentRequest = { recordingId: 'rec_1', agentId: 'agt_1' };
    const keyRequest = { recordingId: 'rec_1' };
    for (const [credential, expected] of [
      [agentToken, agentRequest],
      [key, keyRequest],
    ] as const) {
      const link = await edge.call('POST', '/v1/recordings/rec_1/audio-links', { key: credential });
      expect(link.status).toBe(201);
      expect(link.headers.get('cache-control')).toContain('no-store');
      expect((await edge.call('GET', '/v1/recordings/rec_1/transcript', { key: credential })).status).toBe(200);
      expect(requests.splice(0).map((request) => ({ ...request }))).toEqual([expected, expected]);
    }
    expect((await edge.call('GET', '/v1/recordings', { key: agentToken })).status).toBe(403);
  });
});
