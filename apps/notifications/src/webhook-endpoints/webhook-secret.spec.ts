import { randomBytes } from 'node:crypto';
import { newWebhookSecret, SecretBox } from './webhook-secret.js';

const createKey = (): string => randomBytes(32).toString('base64');

describe('SecretBox', () => {
  it('opens what it sealed, and the sealed text does not contain the secret', () => {
    const box = new SecretBox(createKey());
    const secret = newWebhookSecret();
    const sealed = box.seal(secret);
    expect(sealed).not.toContain(secret.slice(6, 20));
    expect(box.seal(secret)).not.toBe(sealed);
    expect(box.open(sealed)).toBe(secret);
  });

  it('reads secrets stored without a key, and rejects those that were changed or sealed with another key', () => {
    const secret = newWebhookSecret();
    expect(new SecretBox(createKey()).open(new SecretBox(undefined).seal(secret))).toBe(secret);
    const box = new SecretBox(createKey());
    const sealed = box.seal(secret);
    expect(() => new SecretBox(createKey()).open(sealed)).toThrow();
    expect(() => new SecretBox(undefined).open(sealed)).toThrow(/WEBHOOK_SECRETS_KEY/);
    expect(() => box.open(`${sealed.slice(0, 20)}${sealed[20] === 'A' ? 'B' : 'A'}${sealed.slice(21)}`)).toThrow();
  });
});
