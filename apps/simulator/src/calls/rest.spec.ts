import twilio from 'twilio';

import {
  ACCOUNT_SID,
  AUTH_TOKEN,
  DELAUTO_NUMBER,
  startSimulator,
  type SimulatorFixture,
} from '../testing/simulator-fixture.js';

const customer = '+14155550142';

describe('the REST API', () => {
  let simulator: SimulatorFixture;
  beforeAll(async () => {
    simulator = await startSimulator({ SIMULATOR_TIME_SCALE: 100_000 });
    for (const [phone, persona] of [
      [customer, 'never_answers'],
      ['+14155550143', 'invalid_number'],
      ['+14155550144', 'geo_blocked'],
    ]) {
      await simulator.control('POST', '/simulator/customers', { phone, persona });
    }
  });
  afterAll(() => simulator.close());

  const createCall = (overrides: object): Promise<unknown> =>
    simulator.client.calls.create({ to: customer, from: DELAUTO_NUMBER, twiml: '<Response/>', ...overrides });

  it.each([
    [{ to: '' }, 400, 21201],
    [{ from: '' }, 400, 21213],
    [{ to: '0800-CALL' }, 400, 21211],
    [{ from: 'us' }, 400, 21212],
    [{ to: '+19005550100' }, 400, 21215],
    [{ to: '+14155550143' }, 400, 21211],
    [{ to: '+14155550144' }, 400, 21215],
    [{ twiml: '' }, 400, 21205],
    [{ twiml: '', url: 'ftp://example.org' }, 400, 21205],
    [{ timeout: -1 }, 400, 20001],
  ])('refuses %j with Twilio’s code', async (overrides, status, code) => {
    await expect(createCall(overrides)).rejects.toMatchObject({
      status,
      code,
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    });
  });

  it('accepts only its own account and token', async () => {
    for (const [sid, token] of [
      [ACCOUNT_SID, 'wrong'],
      [`AC${'9'.repeat(32)}`, AUTH_TOKEN],
    ] as const) {
      const unauthorizedClient = twilio(sid, token);
      unauthorizedClient.api.baseUrl = simulator.url;
      await expect(unauthorizedClient.calls.list()).rejects.toMatchObject({ status: 401, code: 20003 });
    }
  });

  it('returns Twilio’s 404 for resources that do not exist', async () => {
    await expect(simulator.client.calls(`CA${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({
      status: 404,
      code: 20404,
    });
    await expect(simulator.client.conferences.list()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it('lists calls by number, sender, status and time, page by page, newest first', async () => {
    const testStart = new Date(Date.now() - 1000);
    const sids: string[] = [];
    for (let index = 0; index < 5; index++)
      sids.push(((await createCall({ statusCallback: `${simulator.application.url}/end` })) as { sid: string }).sid);
    await simulator.application.waitFor('/end', 5);
    const listedCalls = await simulator.client.calls.list({
      to: customer,
      from: DELAUTO_NUMBER,
      status: 'no-answer',
      startTimeAfter: testStart,
      pageSize: 2,
    });
    expect(listedCalls.map(({ sid }) => sid)).toEqual(sids.reverse());
    expect(await simulator.client.calls.list({ to: '+14155550199' })).toEqual([]);
    expect(await simulator.client.calls.list({ to: customer, startTimeBefore: testStart })).toEqual([]);
    await expect(
      simulator.client.request({
        method: 'get',
        uri: `${simulator.url}/2010-04-01/Accounts/${ACCOUNT_SID}/Calls.json?StartTime=soon`,
      }),
    ).resolves.toMatchObject({
      statusCode: 400,
    });
  });

  it('serves probes and metrics', async () => {
    expect((await fetch(`${simulator.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${simulator.url}/health/ready`)).status).toBe(200);
    expect(await (await fetch(`${simulator.url}/metrics`)).text()).toMatch(/simulator_open_calls 0/);
  });

  it('reports all problems of an invalid customer', async () => {
    await expect(
      simulator.control('POST', '/simulator/customers', { phone: '12', persona: 'unknown' }),
    ).rejects.toThrow(/E\.164.*persona must be one of/);
  });

  it('clears the state on reset', async () => {
    await simulator.control('POST', '/simulator/reset');
    expect(await simulator.control('GET', '/simulator/ledger/summary')).toMatchObject({ calls: 0, rings: 0 });
    expect(await simulator.control('GET', '/simulator/customers')).toEqual([]);
  });
});
