import { validateSync } from 'class-validator';
import { parseContract, type ContractClass } from '#libs/contracts/index.js';
import { percentile } from '../figures.js';

/** µs a body, each the median of the rounds. */
export interface BodyCost {
  readonly readerUs: number;
  readonly validateUs: number;
}

const STRICT = { whitelist: true, forbidNonWhitelisted: true };

/**
 * Reads one body again and again: with the compiled reader, and with `validateSync` on an instance that is already made,
 * which spares class-validator the transformation that the reader does.
 * @throws Error when either refuses the body: its cost would be that of something else
 */
export function measureBody(contract: ContractClass, json: object, rounds: number, roundMs: number): BodyCost {
  const instance = parseContract(contract, json, 'reject');
  const refused = validateSync(instance, STRICT);
  if (refused.length > 0) throw new Error(`class-validator refuses the body: ${refused.join('; ')}`);
  const read = (): unknown => parseContract(contract, json, 'reject');
  const validate = (): unknown => validateSync(instance, STRICT);
  const costs: { reader: number[]; validator: number[] } = { reader: [], validator: [] };
  usEach(read, roundMs);
  usEach(validate, roundMs);
  for (let round = 0; round < rounds; round++) {
    costs.reader.push(usEach(read, roundMs));
    costs.validator.push(usEach(validate, roundMs));
  }
  return { readerUs: percentile(costs.reader, 0.5) ?? NaN, validateUs: percentile(costs.validator, 0.5) ?? NaN };
}

/** CPU time of this process, as the machine may have other work. */
function usEach(run: () => unknown, forMs: number): number {
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
