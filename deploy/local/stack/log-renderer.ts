import { APP_NAMES } from './environment.js';

/** Turns an app's JSON log lines into lines for people. Pure: what is printed where is the caller's business. */

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];

export interface RenderOptions {
  readonly color: boolean;
  /** Lines below it are left out (`undefined` is returned). */
  readonly level?: Level;
  /** Width of the column of names. */
  readonly nameWidth?: number;
}

const RESET = '\u001b[0m';
const DIM = '\u001b[2m';
/** Distinct on dark and on light grounds; red and yellow are kept for levels. */
const NAME_COLORS = [36, 35, 34, 32, 96, 95, 94, 92];
const LEVEL_COLORS: Readonly<Record<Level, string>> = {
  trace: DIM,
  debug: DIM,
  info: '',
  warn: '\u001b[33m',
  error: '\u001b[31m',
  fatal: '\u001b[1;31m',
};
/** Shown in columns of their own, or of no use to a reader on one machine. */
const NOT_FIELDS = new Set(['level', 'time', 'app', 'pid', 'hostname', 'msg', 'err', 'context', 'stack', 'v', 'name']);
/** Nest tells every route and every handler at `info` when an app starts: hundreds of lines in all. */
const START_UP_CONTEXTS = new Set(['InstanceLoader', 'RouterExplorer', 'RoutesResolver', 'NestFactory']);
const MOST_FIELDS = 10;
const LONGEST_VALUE = 100;

/** The same colour for the same app in every run; each of ours has one that no other has. */
function nameColor(app: string): string {
  const ours = APP_NAMES.findIndex((name) => name === app);
  const index = ours >= 0 ? ours : [...app].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return `\u001b[${NAME_COLORS[index % NAME_COLORS.length] ?? 36}m`;
}

/**
 * Renders one line an app wrote: time, app, level, message, its fields, and below them the stack of an error. A line that
 * is not JSON (a crash on stderr) is shown as it is. `undefined` if its level is below `options.level`.
 */
export function renderLogLine(app: string, line: string, options: RenderOptions): string | undefined {
  const paint = (color: string, text: string): string => (options.color && color !== '' ? color + text + RESET : text);
  const name = paint(nameColor(app), app.padEnd(options.nameWidth ?? 13));
  const entry = parse(line);
  if (!entry) return line.trim() === '' ? undefined : `${' '.repeat(12)} ${name}       ${line}`;
  const told = levelOf(entry['level']);
  const level = told === 'info' && START_UP_CONTEXTS.has(textOf(entry['context'])) ? 'debug' : told;
  if (LEVELS.indexOf(level) < LEVELS.indexOf(options.level ?? 'trace')) return undefined;

  const error = errorOf(entry);
  const message = textOf(entry['msg']) || error?.message || '';
  const context = typeof entry['context'] === 'string' ? paint(DIM, `[${entry['context']}] `) : '';
  const fields = Object.entries(entry)
    .filter(([key, value]) => !NOT_FIELDS.has(key) && value !== undefined && value !== null)
    .slice(0, MOST_FIELDS)
    .map(([key, value]) => ` ${paint(DIM, `${key}=`)}${shorten(textOf(value))}`);
  const head = [timeOf(entry['time']), name, paint(LEVEL_COLORS[level], level.toUpperCase().padEnd(5))].join(' ');
  const more = error && error.message !== message ? ` ${paint(DIM, 'error=')}${shorten(error.message)}` : '';
  const stack = error?.stack?.split('\n').map((frame) => `\n${' '.repeat(14)}${paint(DIM, frame.trimEnd())}`) ?? [];
  return `${head} ${context}${paint(LEVEL_COLORS[level], message)}${fields.join('')}${more}${stack.join('')}`;
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Pino writes levels as numbers (30 is info) unless told to write labels. */
function levelOf(level: unknown): Level {
  if (typeof level === 'number') return LEVELS[Math.min(5, Math.max(0, Math.floor(level / 10) - 1))] ?? 'info';
  return LEVELS.find((known) => known === level) ?? 'info';
}

/** Time of day in UTC, as everything that is stored is. */
function timeOf(time: unknown): string {
  const date = typeof time === 'number' || typeof time === 'string' ? new Date(time) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString().slice(11, 23) : ' '.repeat(12);
}

interface LoggedError {
  readonly message: string;
  readonly stack: string | undefined;
}

function errorOf(entry: Record<string, unknown>): LoggedError | undefined {
  const found = entry['err'];
  const stack = textOf(entry['stack']) || undefined;
  if (typeof found !== 'object' || found === null) return stack === undefined ? undefined : { message: '', stack };
  const error = found as Record<string, unknown>;
  return { message: textOf(error['message']), stack: textOf(error['stack']) || stack };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function shorten(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return line.length <= LONGEST_VALUE ? line : `${line.slice(0, LONGEST_VALUE - 1)}…`;
}
