import { DEMO_ENVIRONMENT } from '#deploy/demo/demo-environment.js';
import { killAndRestart } from '#deploy/demo/kill.js';
import { runDemo } from '#deploy/demo/run-demo.js';
import { startStack, type Stack } from '#deploy/local/stack/index.js';

/** The demo's scenario, with routing killed while calls are in progress. */
describe('a delivery from creation to acknowledgement, on real servers and processes', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ log: 'file', env: DEMO_ENVIRONMENT, print: () => undefined });
  });

  afterAll(async () => {
    await stack?.stop();
  });

  it('ends as expected for every customer although routing is killed midway', async () => {
    const lines: string[] = [];
    const { verdicts, brokenRules } = await runDemo({
      gatewayUrl: stack.apps.get('gateway')?.url ?? '',
      simulatorUrl: stack.apps.get('simulator')?.url ?? '',
      operatorKey: stack.env['gateway']?.['OPERATOR_API_KEY'] ?? '',
      vapidPublicKey: stack.env['notifications']?.['VAPID_PUBLIC_KEY'] ?? '',
      say: (who, text) => lines.push(`${who}: ${text}`),
      disturb: async () => {
        await killAndRestart(stack, 'routing');
      },
      deadlineMs: 280_000,
    });
    const failedDeliveries = verdicts
      .filter(({ problems }) => problems.length > 0)
      .map(({ followed, problems }) => `${followed.story.reference} ${problems.join(', ')}`);
    expect(failedDeliveries).toEqual([]);
    expect(brokenRules).toEqual([]);
    expect(verdicts).toHaveLength(16);
    expect(lines.length).toBeGreaterThan(100);
  });
});
