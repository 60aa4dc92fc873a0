import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the environment of an app lies that somebody else starts. */
export function environmentFile(dataDir: string, app: string): string {
  return join(dataDir, 'env', `${app}.env`);
}

/**
 * Writes variables as `node --env-file` reads them. It holds secrets, so only its owner may read it.
 * @throws Error for a value that such a file cannot hold
 */
export async function writeEnvironmentFile(file: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${quoted(name, value)}\n`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, lines.join(''), { mode: 0o600 });
}

/** Node knows three kinds of quotes and no escapes. */
function quoted(name: string, value: string): string {
  const quote = ["'", '"', '`'].find((mark) => !value.includes(mark));
  if (quote === undefined) throw new Error(`${name} holds all three kinds of quotes and cannot stand in an .env file`);
  // Node reads \n within double quotes as a line break.
  if (quote === '"' && value.includes('\\n')) return `\`${value}\``;
  return `${quote}${value}${quote}`;
}
