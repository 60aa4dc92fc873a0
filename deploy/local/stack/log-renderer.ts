import { APP_NAMES } from './environment.js';

/** Renders JSON log lines of apps as readable text. The functions are pure; the caller prints. */

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];

export interface RenderOptions {
  readonly color: boolean;
  /** The minimum level. Lines below it render as `undefined`. */
  readonly level?: Level;
  /** Width of the name column, in characters. */
  readonly nameWidth?: number;
}

const RESET = '\u001b[0m';
const DIM = '\u001b[2m';
/** Readable on dark and light backgrounds. Red and yellow are reserved for levels. */
const NAME_COLORS = [36, 35, 34, 32, 96, 95, 94, 92];
const LEVEL_COLORS: Readonly<Record<Level, string>> = {
  trace: DIM,
  debug: DIM,
  info: '',
  warn: '\u001b[33m',
  error: '\u001b[31m',
  fatal: '\u001b[1;31m',
};
/** Fields that are rendered separately, or that are the same in all lines of an app on one machine. */
const HIDDEN_FIELDS = new Set([
  'level',
  'time',
  'app',
  'pid',
  'hostname',
  'msg',
  'err',
  'context',
  'stack',
  'v',
  'name',
]);
/** Nest logs every route and every handler at `info` when an app starts: hundreds of lines in total. */
const START_UP_CONTEXTS = new Set(['InstanceLoader', 'RouterExplorer', 'RoutesResolver', 'NestFactory']);
const MAX_FIELDS = 10;
const MAX_VALUE_LENGTH = 100;

/** Returns the color of an app, which is the same in every run. Each app of this repository has a different one. */
function getNameColor(app: string): string {
  const ownIndex = APP_NAMES.findIndex((name) => name === app);
  const index = ownIndex >= 0 ? ownIndex : [...app].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return `\u001b[${NAME_COLORS[index % NAME_COLORS.length] ?? 36}m`;
}

/**
 * Renders one log line: time, app, level, message, fields, and below them the stack of an error. A line that is not
 * JSON, such as a crash on stderr, is shown unchanged.
 * @returns `undefined` for an empty line and for a level below `options.level`
 */
export function renderLogLine(app: string, line: string, options: RenderOptions): string | undefined {
  const paint = (color: string, text: string): string => (options.color && color !== '' ? color + text + RESET : text);
  const name = paint(getNameColor(app), app.padEnd(options.nameWidth ?? 13));
  const entry = parse(line);
  if (!entry) return line.trim() === '' ? undefined : `${' '.repeat(12)} ${name}       ${line}`;
  const loggedLevel = toLevel(entry['level']);
  const level = loggedLevel === 'info' && START_UP_CONTEXTS.has(toText(entry['context'])) ? 'debug' : loggedLevel;
  if (LEVELS.indexOf(level) < LEVELS.indexOf(options.level ?? 'trace')) return undefined;

  const error = toError(entry);
  const message = toText(entry['msg']) || error?.message || '';
  const context = typeof entry['context'] === 'string' ? paint(DIM, `[${entry['context']}] `) : '';
  const fields = Object.entries(entry)
    .filter(([key, value]) => !HIDDEN_FIELDS.has(key) && value !== undefined && value !== null)
    .slice(0, MAX_FIELDS)
    .map(([key, value]) => ` ${paint(DIM, `${key}=`)}${shorten(toText(value))}`);
  const head = [toTime(entry['time']), name, paint(LEVEL_COLORS[level], level.toUpperCase().padEnd(5))].join(' ');
  const errorText = error && error.message !== message ? ` ${paint(DIM, 'error=')}${shorten(error.message)}` : '';
  const stack = error?.stack?.split('\n').map((frame) => `\n${' '.repeat(14)}${paint(DIM, frame.trimEnd())}`) ?? [];
  return `${head} ${context}${paint(LEVEL_COLORS[level], message)}${fields.join('')}${errorText}${stack.join('')}`;
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Pino writes levels as numbers (30 is info) unless it is configured to write labels. */
function toLevel(level: unknown): Level {
  if (typeof level === 'number') return LEVELS[Math.min(5, Math.max(0, Math.floor(level / 10) - 1))] ?? 'info';
  return LEVELS.find((known) => known === level) ?? 'info';
}

/** The time of day in UTC, like all stored times. */
function toTime(time: unknown): string {
  const date = typeof time === 'number' || typeof time === 'string' ? new Date(time) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString().slice(11, 23) : ' '.repeat(12);
}

interface LoggedError {
  readonly message: string;
  readonly stack: string | undefined;
}

function toError(entry: Record<string, unknown>): LoggedError | undefined {
  const logged = entry['err'];
  const stack = toText(entry['stack']) || undefined;
  if (typeof logged !== 'object' || logged === null) return stack === undefined ? undefined : { message: '', stack };
  const error = logged as Record<string, unknown>;
  return { message: toText(error['message']), stack: toText(error['stack']) || stack };
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function shorten(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return line.length <= MAX_VALUE_LENGTH ? line : `${line.slice(0, MAX_VALUE_LENGTH - 1)}…`;
}
