import * as analytics from './analytics/index.js';
import * as gateway from './gateway/index.js';
import { ContractRegistry, type EventContract, type RpcContract } from './kernel/index.js';
import * as notifications from './notifications/index.js';
import * as operations from './operations/index.js';
import * as routing from './routing/index.js';
import * as telephony from './telephony/index.js';
import * as transcription from './transcription/index.js';

const contractModules: Record<string, unknown>[] = [
  gateway,
  routing,
  telephony,
  transcription,
  notifications,
  analytics,
  operations,
];
const exportedValues = contractModules.flatMap((contractModule): unknown[] => Object.values(contractModule));

function isContractOfKind(kinds: readonly string[]) {
  return (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    'subject' in value &&
    'kind' in value &&
    kinds.includes(String(value.kind));
}

/** Every event and RPC between the apps: each contract that the `index.ts` of an app's folder exports. */
export const contractRegistry = new ContractRegistry(
  exportedValues.filter(isContractOfKind(['event'])) as EventContract[],
  exportedValues.filter(isContractOfKind(['query', 'command'])) as RpcContract[],
);
