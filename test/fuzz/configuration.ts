/** What the fuzzer is told about one operation. */
export interface FuzzedOperation {
  readonly id: string;
  /** Whose request it is. Absent on operations that anybody may use. */
  readonly credential?: string | undefined;
  /** Values of path parameters that exist; they are tried as often as invented ones. */
  readonly params: Readonly<Record<string, readonly string[]>>;
}

const KNOWN_VALUES = 0.5;

/** The fuzzer's configuration file. It holds credentials: it belongs in a folder that is removed. */
export function configurationOf(operations: readonly FuzzedOperation[]): string {
  const dictionaries = new Map<string, readonly string[]>();
  const blocks = operations.flatMap(({ id, credential, params }) => {
    const bindings = Object.entries(params).map(([name, values]) => {
      const dictionary = `${id}_${name}`;
      dictionaries.set(dictionary, values);
      return `${text(`path.${name}`)} = { dictionary = ${text(dictionary)}, probability = ${KNOWN_VALUES} }`;
    });
    const settings = [
      ...(credential === undefined ? [] : [`headers = { Authorization = ${text(`Bearer ${credential}`)} }`]),
      ...(bindings.length > 0 ? [`parameters = { ${bindings.join(', ')} }`] : []),
    ];
    if (settings.length === 0) return [];
    return [['[[operations]]', `include-operation-id = ${text(id)}`, ...settings].join('\n')];
  });
  const values = [...dictionaries].map(
    ([name, entries]) => `[dictionaries.${name}]\nvalues = [${entries.map(text).join(', ')}]`,
  );
  return `${[...values, ...blocks].join('\n\n')}\n`;
}

/** A basic string of TOML; what JSON escapes, TOML escapes alike. */
const text = (value: string): string => JSON.stringify(value);
