import type { AgentApp } from '../agents/agent-app.js';
import type { ChaosOptions } from '../support/options.js';
import type { SeededOrganization } from '../seeding/organizations.js';
import type { Poster } from '../seeding/poster.js';
import { readProgress } from './settle.js';
import type { WebhookSink } from '../witnesses/webhook-sink.js';
import type { FaultRunner } from '../environment/faults.js';

const PROGRESS_EVERY_MS = 5_000;

/** Prints the progress of a run every few seconds, until the timer is cleared. */
export function reportProgress(
  options: ChaosOptions,
  say: (text: string) => void,
  beganAt: number,
  parts: {
    readonly organizations: readonly SeededOrganization[];
    readonly poster: Poster;
    readonly faultRunner: FaultRunner;
    readonly agents: readonly AgentApp[];
    readonly sink: WebhookSink;
  },
): NodeJS.Timeout {
  let isReading = false;
  return setInterval(() => {
    if (isReading) return;
    isReading = true;
    void readProgress(parts.organizations)
      .then((progress) => {
        const seconds = Math.round((Date.now() - beganAt) / 1_000);
        const { poster, faultRunner, agents, sink } = parts;
        const apiProgress = progress
          ? `${progress.inCall} in call, ${progress.ended} ended`
          : 'the API does not answer';
        const messages = agents.reduce((sum, { received }) => sum + received.length, 0);
        say(
          `${String(seconds).padStart(4)} s  posted ${poster.posted.size}/${options.deliveries}, ${apiProgress}, ` +
            `${messages} messages, ${sink.received.length} webhooks, ${faultRunner.log.length} fault entries`,
        );
      })
      .finally(() => (isReading = false));
  }, PROGRESS_EVERY_MS);
}
