import { renderLogLine } from './log-renderer.js';

const plain = { color: false };
const line = (entry: object): string =>
  JSON.stringify({ time: '2026-03-01T14:03:22.123Z', level: 'info', app: 'routing', ...entry });

describe('renderLogLine', () => {
  it('shows time, app, level, message and fields in one line', () => {
    expect(
      renderLogLine(
        'routing',
        line({ msg: 'call planned', context: 'PlanCall', deliveryId: 'd1', attempt: 2, pid: 9 }),
        plain,
      ),
    ).toBe('14:03:22.123 routing       INFO  [PlanCall] call planned deliveryId=d1 attempt=2');
  });

  it('understands numeric levels and epoch times', () => {
    const entry = JSON.stringify({ level: 40, time: Date.UTC(2026, 2, 1, 14, 3, 22, 5), msg: 'slow' });
    expect(renderLogLine('routing', entry, plain)).toBe('14:03:22.005 routing       WARN  slow');
  });

  it('prints the stack of an error below the line, one frame per line', () => {
    const err = { type: 'Error', message: 'boom', stack: 'Error: boom\n    at f (a.ts:1:2)\n    at g (b.ts:3:4)' };
    expect(renderLogLine('routing', line({ level: 'error', msg: 'failed', err }), plain)?.split('\n')).toEqual([
      '14:03:22.123 routing       ERROR failed error=boom',
      '              Error: boom',
      '                  at f (a.ts:1:2)',
      '                  at g (b.ts:3:4)',
    ]);
  });

  it('omits lines below the level', () => {
    expect(renderLogLine('routing', line({ level: 'debug', msg: 'x' }), { ...plain, level: 'info' })).toBeUndefined();
    expect(renderLogLine('routing', line({ level: 'warn', msg: 'x' }), { ...plain, level: 'info' })).toBeDefined();
  });

  it("shows Nest's list of routes at startup only at level debug", () => {
    const route = line({ msg: 'Mapped {/health/live, GET} route', context: 'RouterExplorer' });
    expect(renderLogLine('routing', route, { ...plain, level: 'info' })).toBeUndefined();
    expect(renderLogLine('routing', route, { ...plain, level: 'debug' })).toContain('DEBUG');
  });

  it('shows lines that are not JSON unchanged, and omits empty lines', () => {
    expect(renderLogLine('routing', 'Segmentation fault', plain)).toMatch(/routing +Segmentation fault$/);
    expect(renderLogLine('routing', '{broken', plain)).toMatch(/\{broken$/);
    expect(renderLogLine('routing', '', plain)).toBeUndefined();
  });

  it('colors each app by its name, and only when requested', () => {
    const colored = { color: true };
    const color = (app: string): string | undefined => renderLogLine(app, line({ msg: 'x' }), colored)?.split(app)[0];
    expect(color('routing')).toContain('\u001b[');
    expect(color('routing')).toBe(color('routing'));
    expect(color('routing')).not.toBe(color('telephony'));
    expect(renderLogLine('routing', line({ msg: 'x', a: 1 }), plain)).not.toContain('\u001b');
  });

  it('gives each of the seven apps its own color', () => {
    const apps = ['gateway', 'routing', 'telephony', 'transcription', 'notifications', 'analytics', 'simulator'];
    const colors = apps.map((app) => renderLogLine(app, line({ msg: 'x' }), { color: true })?.split(app)[0]);
    expect(new Set(colors).size).toBe(apps.length);
  });

  it('truncates long values', () => {
    expect(renderLogLine('routing', line({ msg: 'x', body: 'y'.repeat(500) }), plain)?.length).toBeLessThan(200);
  });
});
