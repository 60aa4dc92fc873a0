import { validateSync } from 'class-validator';
import { parseContract, type ContractClass } from '#libs/contracts/index.js';
import { percentile } from '../figures.js';

/** Microseconds per body; each value is the median of the rounds. */
export interface BodyCost {
  readonly readerUs: number;
  readonly validateUs: number;
}

const STRICT = { whitelist: true, forbidNonWhitelisted: true };

/**
 * Reads one body repeatedly: with the compiled reader, and with `validateSync` on an existing instance, which spares
 * class-validator the transformation that the reader does.
 *
 * @throws Error if either rejects the body, because then something else would be measured.
 */
export function measureBody(contract: ContractClass, json: object, rounds: number, roundMs: number): BodyCost {
  const instance = parseContract(contract, json, 'reject');
  const rejections = validateSync(instance, STRICT);
  if (rejections.length > 0) throw new Error(`class-validator rejects the body: ${rejections.join('; ')}`);
  const read = (): unknown => parseContract(contract, json, 'reject');
  const validate = (): unknown => validateSync(instance, STRICT);
  const costs: { reader: number[]; validator: number[] } = { reader: [], validator: [] };
  measureUsPerCall(read, roundMs);
  measureUsPerCall(validate, roundMs);
  for (let round = 0; round < rounds; round++) {
    costs.reader.push(measureUsPerCall(read, roundMs));
    costs.validator.push(measureUsPerCall(validate, roundMs));
  }
  return { readerUs: percentile(costs.reader, 0.5) ?? NaN, validateUs: percentile(costs.validator, 0.5) ?? NaN };
}

/** Measures CPU time of this process, because the machine may have other work. */
function measureUsPerCall(run: () => unknown, forMs: number): number {
  const before = process.cpuUsage();
  const end = performance.now() + forMs;
  let times = 0;
  while (performance.now() < end) {
    for (let batch = 0; batch < 20; batch++) run();
    times += 20;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
