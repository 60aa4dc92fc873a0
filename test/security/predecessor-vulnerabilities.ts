import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { postCarrierWebhook, type Signature } from '../front-door/carrier-webhooks.js';
import { readState } from '../front-door/read-state.js';
import type { Scene } from './scene.js';

const TOTAL_REQUESTS = 300;

/** The vulnerabilities of the predecessor, by their names in the feature list. */
export function predecessorVulnerabilities(scene: () => Scene): void {
  describe('the predecessor’s vulnerabilities are absent:', () => {
    const readCallLog = async (): Promise<Record<string, unknown>> => {
      const { product, completedDelivery } = scene();
      const row = await (
        await product.database('telephony')
      )
        .collection('callLogs')
        .findOne({ deliveryId: completedDelivery['deliveryId'] });
      if (!row) throw new Error('The completed delivery has no call log.');
      return row;
    };

    it.each<Signature>(['any value', 'forged', 'none'])(
      'any value passed as a webhook signature: %s is rejected, and has no effect',
      async (signature) => {
        const { product } = scene();
        const before = await readCallLog();
        const attemptId = String(before['_id']);
        const call = { CallSid: String(before['carrierCallId']), From: '+15005550006', To: String(before['phone']) };
        for (const path of [`/twilio/status/${attemptId}`, `/twilio/voice/${attemptId}`, '/twilio/sms/inbound']) {
          expect(await postCarrierWebhook(product, path, { ...call, CallStatus: 'failed' }, signature)).toBe(403);
        }
        expect(await readCallLog()).toEqual(before);
      },
    );

    it('operators in webhook fields and a forged recording URL: carrier credentials are not sent to another host', async () => {
      const { product } = scene();
      const receivedRequests: string[] = [];
      const attackerServer = createServer((request, response) => {
        receivedRequests.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
        response.end();
      });
      await new Promise<void>((resolve) => attackerServer.listen(0, '127.0.0.1', resolve));
      const attackerUrl = `http://127.0.0.1:${(attackerServer.address() as AddressInfo).port}/steal`;
      try {
        const call = await readCallLog();
        const attemptId = String(call['_id']);
        const json = await fetch(`${product.urlOf('telephony')}/twilio/recording/${attemptId}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-twilio-signature': 'any value' },
          body: JSON.stringify({ CallSid: { $ne: null }, RecordingSid: { $ne: null }, RecordingUrl: attackerUrl }),
        });
        expect(json.status).toBe(403);
        // Not even a signed webhook may determine the host that receives DelAuto's carrier credentials.
        const params = {
          CallSid: String(call['carrierCallId']),
          RecordingSid: `RE${'ab'.repeat(16)}`,
          RecordingStatus: 'completed',
          RecordingUrl: attackerUrl,
        };
        expect(await postCarrierWebhook(product, `/twilio/recording/${attemptId}`, params)).toBe(204);
        // The recording is downloaded only from the carrier's host. The download has ended when this webhook gets its
        // response.
        await postCarrierWebhook(product, `/twilio/status/${attemptId}`, { ...params, CallStatus: 'completed' });
        expect(receivedRequests).toEqual([]);
      } finally {
        attackerServer.close();
      }
    });

    it('public registration as admin: there is no registration endpoint', async () => {
      const { product } = scene();
      const body = { email: 'mallory@example.com', password: scene().secret('registration password'), role: 'admin' };
      const before = await readState(product);
      for (const path of ['/v1/auth/register', '/v1/auth/signup', '/v1/register', '/v1/users']) {
        expect([401, 404, 405]).toContain((await product.call('POST', path, { body })).status);
      }
      expect(await readState(product)).toEqual(before);
    });

    it('default JWT secret: tokens signed with a common secret are rejected', async () => {
      const { product, forge } = scene();
      for (const secret of ['secret', 'your-secret-key', 'your_jwt_secret', 'jwt-secret', 'changeme', 'delauto', '']) {
        const { status } = await product.call('GET', '/v1/me/inbox', { as: forge({ secret }) });
        expect(status).toBe(401);
      }
    });

    it('public recordings: a recording requires permission, in the API and in the object store', async () => {
      const { product, completedDelivery, own, foreign } = scene();
      const path = `/v1/recordings/${String(completedDelivery['recordingId'])}/audio`;
      expect((await product.call('GET', path)).status).toBe(401);
      expect((await product.call('GET', path, { as: foreign.adminKey })).status).toBe(404);
      expect((await product.call('GET', path, { as: product.operatorKey })).status).toBe(403);

      const link = (await product.call('GET', path, { as: own.adminKey })).headers.get('location') ?? '';
      const genuine = await fetch(link, { headers: { range: 'bytes=0-3' } });
      expect(await genuine.text()).toBe('RIFF');
      const unsigned = new URL(link);
      unsigned.search = '';
      expect((await fetch(unsigned)).status).toBe(403);
      const extended = new URL(link);
      extended.searchParams.set('expires', '9999999999');
      expect((await fetch(extended)).status).toBe(403);
      const otherRecording = new URL(link);
      otherRecording.pathname = otherRecording.pathname.replace(/rec_[0-9a-f]+/, 'rec_000000000000000000000000');
      expect((await fetch(otherRecording)).status).toBe(403);
      // The bucket itself is not public.
      const bucket = `${product.variable('S3_ENDPOINT', 'telephony')}/${product.variable('S3_BUCKET', 'telephony')}/`;
      expect((await fetch(bucket)).status).toBe(403);
    });

    it('health degraded by 4xx responses: hundreds of them leave it healthy', async () => {
      const { product } = scene();
      for (let sent = 0; sent < TOTAL_REQUESTS; sent += 50) {
        const responses = await Promise.all(
          Array.from({ length: 50 }, (_, index) =>
            product.call('GET', `/v1/deliveries/dlv_${index}`, { as: 'unknown' }),
          ),
        );
        expect(responses.every(({ status }) => status === 401 || status === 429)).toBe(true);
      }
      expect((await fetch(`${product.url}/health/ready`)).status).toBe(200);
      expect((await fetch(`${product.url}/health/live`)).status).toBe(200);
    });

    it('rate limits on carrier webhooks: hundreds of genuine ones in a row are all accepted', async () => {
      const { product } = scene();
      const call = await readCallLog();
      const params = {
        CallSid: String(call['carrierCallId']),
        From: '+15005550006',
        To: String(call['phone']),
        Direction: 'outbound-api',
        CallStatus: 'ringing',
      };
      const path = `/twilio/status/${String(call['_id'])}`;
      const statuses = new Set<number>();
      for (let sent = 0; sent < TOTAL_REQUESTS; sent += 25) {
        const batch = await Promise.all(Array.from({ length: 25 }, () => postCarrierWebhook(product, path, params)));
        for (const status of batch) statuses.add(status);
      }
      expect([...statuses]).toEqual([204]);
    });

    it('one shared key without tenants: each key sees only its own organization', async () => {
      const { product, completedDelivery, own, foreign } = scene();
      const path = `/v1/deliveries/${String(completedDelivery['deliveryId'])}`;
      expect((await product.call('GET', path, { as: own.adminKey })).status).toBe(200);
      expect((await product.call('GET', path, { as: foreign.adminKey })).status).toBe(404);
      const list = await product.call('GET', '/v1/deliveries', { as: foreign.adminKey });
      expect(list.status).toBe(200);
      expect(list.text).not.toContain(own.marker);
    });

    it('metrics keyed by raw URL: hundreds of paths add no series, and metrics contain no path', async () => {
      const { product, own } = scene();
      const metrics = async (): Promise<string> => (await fetch(`${product.url}/metrics`)).text();
      const requestPaths = (index: number): Promise<unknown> =>
        Promise.all([
          product.call('GET', `/v1/deliveries/dlv_probe${index}?q=probe${index}`, { as: own.adminKey }),
          product.call('GET', `/probe${index}`, { as: own.adminKey }),
        ]);
      await requestPaths(0);
      const before = (await metrics()).split('\n').length;
      for (let first = 1; first < 100; first += 25) {
        await Promise.all(Array.from({ length: 25 }, (_, index) => requestPaths(first + index)));
      }
      const after = await metrics();
      expect(after).not.toContain('probe');
      // A status seen for the first time may add the lines of one histogram.
      expect(after.split('\n').length - before).toBeLessThan(60);
    });

    it('duplicate callbacks duplicating recordings: five at once leave one recording', async () => {
      const { product, completedDelivery } = scene();
      const database = await product.database('telephony');
      const countRecordings = (): Promise<number> =>
        database.collection('recordings').countDocuments({ attemptId: String(call['_id']), state: { $ne: 'missing' } });
      const call = await readCallLog();
      const row = await database.collection('recordings').findOne({ _id: completedDelivery['recordingId'] as never });
      const before = await countRecordings();
      const params = {
        CallSid: String(call['carrierCallId']),
        RecordingSid: String(row?.['carrierRecordingId']),
        RecordingStatus: 'completed',
        RecordingChannels: '2',
        RecordingDuration: '9',
      };
      const path = `/twilio/recording/${String(call['_id'])}`;
      const statuses = await Promise.all(Array.from({ length: 5 }, () => postCarrierWebhook(product, path, params)));
      expect(statuses).toEqual([204, 204, 204, 204, 204]);
      expect(await countRecordings()).toBe(before);
      const rowAfter = await database
        .collection('recordings')
        .findOne({ _id: completedDelivery['recordingId'] as never });
      expect(rowAfter).toEqual(row);
    });

    it('transcripts as raw HTML: they are returned as JSON that no browser renders as a page', async () => {
      const { product, completedDelivery, own } = scene();
      const response = await product.call('GET', `/v1/deliveries/${String(completedDelivery['deliveryId'])}`, {
        as: own.adminKey,
      });
      expect(response.body['transcript']).toContain('<img src=x onerror=alert(1)>');
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    });
  });
}
