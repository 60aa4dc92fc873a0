import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { INTENTS, LABEL_COUNT } from '#libs/domain/instructions/reading/labels.js';
import { writeReaderModel } from '#libs/domain/instructions/reading/reader-model.js';
import { prepareExamples } from './examples.js';
import { formatScores } from './judge-reader.js';
import { readMarkedUtterances } from './marked-utterances.js';
import { trainIntents } from './train-intents.js';
import { trainLabels } from './train-labels.js';
import { createRandom } from './vary-utterance.js';

const DEFAULTS = {
  out: 'libs/adapters/instruction-analyst/local/reader.model',
  from: 'bench/analysis/utterances',
  epochs: '14',
} as const;

const HELP = `Trains the reader of customers' words on the marked utterances. Takes about two minutes and 3 GB.

  npm run train:reader -- [--out FILE] [--hold-out] [--epochs N] [--from DIR]

  --out FILE   the model (default ${DEFAULTS.out})
  --hold-out   keeps a tenth of the utterances away and prints how well they are read; writes no model
  --epochs N   passes over the utterances (default ${DEFAULTS.epochs})
  --from DIR   the utterances (default ${DEFAULTS.from})
  --help       prints this text

Every run with the same utterances gives the same model, byte for byte.
`;

/** Any fixed number. */
const SEED = 20261201;
/** Variants of each utterance, in addition to its own words. */
const VARIANTS = 1;
/** Found by `--hold-out`. */
const LABEL_OPTIONS = { rate: 0.1, sparsity: 0.0005, dropout: 0.2 } as const;
const INTENT_OPTIONS = { epochs: 20, rate: 0.15, sparsity: 0.00005, dropout: 0.3 } as const;

const options = readOptions();
const began = performance.now();
const report = (line: string): void =>
  void process.stdout.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);

function readOptions(): { out: string; holdOut: boolean; epochs: number; from: string } {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: DEFAULTS.out },
      'hold-out': { type: 'boolean', default: false },
      epochs: { type: 'string', default: DEFAULTS.epochs },
      from: { type: 'string', default: DEFAULTS.from },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const epochs = Number(values.epochs);
  if (!values.help && Number.isInteger(epochs) && epochs > 0) {
    return { out: values.out, holdOut: values['hold-out'], epochs, from: values.from };
  }
  process.stdout.write(HELP);
  return process.exit(values.help ? 0 : 2);
}

const random = createRandom(SEED);
const utterances = await readMarkedUtterances(options.from);
// Neighbors are minimal pairs or by one author, so blocks of ten are held out together.
const isHeld = (index: number): boolean => options.holdOut && Math.floor(index / 10) % 10 === 3;
const { train, held, tokenFeatures, textFeatures } = prepareExamples(utterances, isHeld, VARIANTS, random);
report(`${utterances.length} utterances, ${train.length} examples, ${held.length} held out`);
const { epochs } = options;
const labels = trainLabels(train, tokenFeatures.size, { ...LABEL_OPTIONS, epochs }, random, (epoch) =>
  report(`pass ${epoch + 1} of ${epochs}`),
);
const intents = trainIntents(train, textFeatures.size, INTENT_OPTIONS, random);
if (options.holdOut) {
  process.stdout.write(formatScores(held, labels, intents));
} else {
  const model = writeReaderModel(
    { keys: tokenFeatures.toKeys(), weights: labels.weights, width: LABEL_COUNT },
    labels.transitions,
    { keys: textFeatures.toKeys(), weights: intents.weights, width: INTENTS.length },
    intents.biases,
  );
  await writeFile(options.out, model);
  report(`${options.out}: ${(model.length / 2 ** 20).toFixed(1)} MB`);
}
