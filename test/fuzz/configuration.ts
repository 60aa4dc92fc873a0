/** The fuzzer's settings for one operation. */
export interface FuzzedOperation {
  readonly id: string;
  /** The credential of its requests; absent on public operations. */
  readonly credential?: string | undefined;
  /** Existing values of path parameters; they are used as often as generated ones. */
  readonly params: Readonly<Record<string, readonly string[]>>;
}

const KNOWN_VALUE_PROBABILITY = 0.5;

/** The fuzzer's configuration file. It contains credentials and belongs in a folder that is removed. */
export function toConfiguration(operations: readonly FuzzedOperation[]): string {
  const dictionaries = new Map<string, readonly string[]>();
  const blocks = operations.flatMap(({ id, credential, params }) => {
    const bindings = Object.entries(params).map(([name, values]) => {
      const dictionary = `${id}_${name}`;
      dictionaries.set(dictionary, values);
      return `${toTomlString(`path.${name}`)} = { dictionary = ${toTomlString(dictionary)}, probability = ${KNOWN_VALUE_PROBABILITY} }`;
    });
    const settings = [
      ...(credential === undefined ? [] : [`headers = { Authorization = ${toTomlString(`Bearer ${credential}`)} }`]),
      ...(bindings.length > 0 ? [`parameters = { ${bindings.join(', ')} }`] : []),
    ];
    if (settings.length === 0) return [];
    return [['[[operations]]', `include-operation-id = ${toTomlString(id)}`, ...settings].join('\n')];
  });
  const values = [...dictionaries].map(
    ([name, entries]) => `[dictionaries.${name}]\nvalues = [${entries.map(toTomlString).join(', ')}]`,
  );
  return `${[...values, ...blocks].join('\n\n')}\n`;
}

/** A basic string in TOML, whose escapes include those of JSON. */
const toTomlString = (value: string): string => JSON.stringify(value);
