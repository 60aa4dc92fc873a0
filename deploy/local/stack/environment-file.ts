import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Returns the path of the environment file of an app that the caller starts. */
export function environmentFile(dataDir: string, app: string): string {
  return join(dataDir, 'env', `${app}.env`);
}

/**
 * Writes variables in the format of `node --env-file`. The file contains secrets, so only its owner may read it.
 * @throws Error for a value that the format cannot represent
 */
export async function writeEnvironmentFile(file: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${quote(name, value)}\n`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, lines.join(''), { mode: 0o600 });
}

/** Node's format has three kinds of quotes and no escapes. */
function quote(name: string, value: string): string {
  const quoteMark = ["'", '"', '`'].find((mark) => !value.includes(mark));
  if (quoteMark === undefined)
    throw new Error(`${name} contains all three kinds of quotes and cannot be written to an .env file`);
  // Within double quotes, Node reads \n as a line break.
  if (quoteMark === '"' && value.includes('\\n')) return `\`${value}\``;
  return `${quoteMark}${value}${quoteMark}`;
}
