import { describe, expect, it } from 'vitest';
import { safeError, throwingSafely } from '../../src/functions/safe-error.ts';
import { keepSecret } from '../../src/redaction/known-secrets.ts';

const secret = 'a-secret-that-an-error-holds';
const named = (message: string, name: string, options?: ErrorOptions) =>
  Object.assign(new Error(message, options), { name });

describe('an error of a handler', () => {
  it('has no secret in its message, its name or its stack', () => {
    keepSecret(secret);
    const safe = safeError(named(`said ${secret}`, `Name ${secret}`));
    expect(safe.message).toBe('said [secret]');
    expect(safe.name).toBe('Name [secret]');
    expect(safe.stack).toContain('said [secret]');
    expect(safe.stack).toContain('safe-error.test.ts');
    expect(`${safe.stack}`).not.toContain(secret);
    expect(Object.keys(safe)).toEqual(['name']);
  });

  it('has the messages of its causes, at most five', () => {
    let error = new Error('7');
    for (const message of ['6', '5', '4', '3', '2', '1']) {
      error = new Error(message, { cause: error });
    }
    expect(safeError(error).message).toBe('1 Because: 2 Because: 3 Because: 4 Because: 5');
  });

  it('that is a text keeps that text, and any other value is no error', () => {
    expect(safeError('plain').message).toBe('plain');
    expect(safeError({ secret }).message).toBe('no error');
    expect(safeError(undefined).message).toBe('');
    expect(safeError(new Error('a', { cause: 'b' })).message).toBe('a Because: b');
    expect(safeError(new Error('a', { cause: 7 })).message).toBe('a Because: no error');
  });

  it('without a stack has its message as stack', () => {
    const error = Object.assign(new Error('plain'), { stack: undefined });
    expect(safeError(error).stack).toBe('plain');
  });

  it('is thrown by the handler, whose answer is otherwise passed on', async () => {
    expect(await throwingSafely(async () => 7)).toBe(7);
    const thrown = throwingSafely(() => Promise.reject(named('x', 'Odd')));
    await expect(thrown).rejects.toMatchObject({ name: 'Odd', message: 'x' });
  });
});
