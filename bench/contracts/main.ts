import { parseArgs } from 'node:util';
import { Customer, Delivery } from '#libs/contracts/index.js';
import { formatTable, jsonLine, judged, formatNumber, reported, type Figure } from '../figures.js';
import { CUSTOMER, DELIVERY } from './bodies.js';
import { measureBody, type BodyCost } from './measure-bodies.js';
import { measureImport, type ImportCost } from './measure-imports.js';

const HELP = `The compiled readers of the contracts compared with class-validator's validateSync, on the same rules (ADR 0021).

  npm run bench:contracts -- [--short]

  --short   seconds instead of half a minute
  --help    prints this text

Prints a table and ends with one line of JSON. Exits 1 if a body is rejected or a figure is missing, never for being slow.
`;
/** The reader must be at least this many times as fast as class-validator; otherwise class-validator alone would do. */
const GOAL_RATIO = 5;

const { values } = parseArgs({ options: { short: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const [rounds, roundMs] = values.short ? [3, 150] : [9, 1_000];

const delivery = measureBody(Delivery, DELIVERY, rounds, roundMs);
const customer = measureBody(Customer, CUSTOMER, rounds, roundMs);
const partsCost = await measureImport(
  new URL('../../libs/contracts/fields/class-validator.js', import.meta.url).href,
  rounds,
);
const wholeCost = await measureImport(import.meta.resolve('class-validator'), rounds);

const bodyRow = (name: string, { readerUs, validateUs }: BodyCost): string[] => [
  name,
  formatNumber(readerUs, 'µs'),
  formatNumber(validateUs, 'µs'),
  `${formatNumber(validateUs / readerUs)} ×`,
];
const importRow = (name: string, unit: string, read: (cost: ImportCost) => number): string[] => [
  name,
  formatNumber(read(partsCost), unit),
  formatNumber(read(wholeCost), unit),
  `${formatNumber(read(wholeCost) / read(partsCost))} ×`,
];
const table = formatTable(
  ['', 'ours', 'class-validator', 'ratio'],
  [
    bodyRow(`a delivery, ${Object.keys(DELIVERY).length} fields`, delivery),
    bodyRow(`a customer, ${Object.keys(CUSTOMER).length} fields`, customer),
    importRow('import: parts and whole, CPU', 'ms', ({ cpuMs }) => cpuMs),
    importRow('import: parts and whole, memory', 'MB', ({ megabytes }) => megabytes),
  ],
);
const figures: Record<string, Figure> = {
  deliveryReaderUs: reported(delivery.readerUs),
  deliveryValidateUs: reported(delivery.validateUs),
  deliveryRatio: judged(delivery.validateUs / delivery.readerUs, GOAL_RATIO, 'at-least'),
  customerReaderUs: reported(customer.readerUs),
  customerValidateUs: reported(customer.validateUs),
  customerRatio: judged(customer.validateUs / customer.readerUs, GOAL_RATIO, 'at-least'),
  importPartsMs: reported(partsCost.cpuMs),
  importWholeMs: reported(wholeCost.cpuMs),
  importPartsMb: reported(partsCost.megabytes),
  importWholeMb: reported(wholeCost.megabytes),
};
process.stdout.write(`${table}\n${jsonLine('contracts', figures)}\n`);
process.exitCode = Object.values(figures).some(({ value }) => value === null) ? 1 : 0;
