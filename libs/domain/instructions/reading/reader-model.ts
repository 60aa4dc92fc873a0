import { INTENTS, LABEL_COUNT } from './labels.js';
import { WeightTable } from './weight-table.js';

/** The weights of the trained reader: a conditional random field for tags, and a linear classifier for intents. */
export interface ReaderModel {
  readonly labels: WeightTable;
  /** Score of a label after another: `from * LABEL_COUNT + to`. */
  readonly transitions: Float32Array;
  readonly intents: WeightTable;
  readonly biases: Float32Array;
}

/** Version of the model file. Change it with the features, the labels or the layout. */
const FORMAT = 'delauto-reader-1';

/** The first line of a model file. */
interface Header {
  readonly format: string;
  readonly labelRows: number;
  readonly labelScale: number;
  readonly intentRows: number;
  readonly intentScale: number;
}

/**
 * Reads a model file: a line of JSON, then the arrays in the order in which {@link writeReaderModel} writes them, in
 * little-endian byte order.
 * @throws Error when the file is not a model of this version
 */
export function readReaderModel(file: Uint8Array): ReaderModel {
  const end = file.indexOf(0x0a) + 1;
  const header = JSON.parse(new TextDecoder().decode(file.subarray(0, end))) as Header;
  const { format, labelRows, labelScale, intentRows, intentScale } = header;
  if (format !== FORMAT) throw new Error(`The reader's model has the format ${format}, not ${FORMAT}: train it again.`);
  // A copy is aligned to four bytes, as the typed arrays require.
  const body = Uint8Array.from(file.subarray(end)).buffer;
  let at = 0;
  const take = (bytes: number): number => {
    const from = at;
    at += bytes;
    return from;
  };
  const labelKeys = new Int32Array(body, take(labelRows * 4), labelRows);
  const intentKeys = new Int32Array(body, take(intentRows * 4), intentRows);
  const transitions = new Float32Array(body, take(LABEL_COUNT ** 2 * 4), LABEL_COUNT ** 2);
  const biases = new Float32Array(body, take(INTENTS.length * 4), INTENTS.length);
  const labelWeights = new Int8Array(body, take(labelRows * LABEL_COUNT), labelRows * LABEL_COUNT);
  const intentWeights = new Int8Array(body, take(intentRows * INTENTS.length), intentRows * INTENTS.length);
  return {
    labels: new WeightTable(labelKeys, labelWeights, LABEL_COUNT, labelScale),
    intents: new WeightTable(intentKeys, intentWeights, INTENTS.length, intentScale),
    transitions,
    biases,
  };
}

/** Weights of features, before they are rounded to 8 bits. */
export interface TrainedWeights {
  readonly keys: Int32Array;
  readonly weights: Float32Array;
  readonly width: number;
}

/** Writes a model file. */
export function writeReaderModel(
  labels: TrainedWeights,
  transitions: Float32Array,
  intents: TrainedWeights,
  biases: Float32Array,
): Uint8Array {
  const [label, intent] = [round(labels), round(intents)];
  const head = JSON.stringify({
    format: FORMAT,
    labelRows: label.keys.length,
    labelScale: label.scale,
    intentRows: intent.keys.length,
    intentScale: intent.scale,
  });
  const parts = [
    Buffer.from(`${head}\n`),
    ...[label.keys, intent.keys, transitions, biases, label.weights, intent.weights].map((part) =>
      Buffer.from(part.buffer, part.byteOffset, part.byteLength),
    ),
  ];
  return Buffer.concat(parts);
}

/** Rounds weights to 8 bits and drops features whose weights all become zero. */
function round({ keys, weights, width }: TrainedWeights): { keys: Int32Array; weights: Int8Array; scale: number } {
  // The largest 0.1 % of the weights are clipped, so that the quantization step of the others stays small.
  const sizes = weights
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort();
  const largest = sizes[Math.floor(sizes.length * 0.9995)] ?? 1;
  const scale = largest / 127;
  const rounded = Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / scale))));
  const kept: number[] = [];
  for (let row = 0; row < keys.length; row += 1) {
    if (rounded.subarray(row * width, (row + 1) * width).some((weight) => weight !== 0)) kept.push(row);
  }
  const packed = new Int8Array(kept.length * width);
  kept.forEach((row, index) => packed.set(rounded.subarray(row * width, (row + 1) * width), index * width));
  return { keys: Int32Array.from(kept, (row) => keys[row] ?? 0), weights: packed, scale };
}
