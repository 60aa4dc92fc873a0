import { ContractRegistry } from '#libs/contracts/kernel/index.js';
import { SILENT_OBSERVER } from './observer.js';
import { messagingSettings } from './options.js';

const given = { app: 'routing', natsUrl: 'nats://127.0.0.1:4222', registry: new ContractRegistry([], []) } as const;

it('takes its own defaults', () => {
  expect(() => messagingSettings(given, SILENT_OBSERVER)).not.toThrow();
});

it('refuses what would handle an old event twice, or give up too early, naming all of it', () => {
  const options = { inboxRetentionDays: 40, outboxRetentionDays: 30, serverMaxDeliver: 5, batchSize: 500 };
  expect(() => messagingSettings({ ...given, options }, SILENT_OBSERVER)).toThrow(
    /inboxRetentionDays[^]*serverMaxDeliver[^]*batchSize/,
  );
});
