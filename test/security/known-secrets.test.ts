import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepSecret, MIN_SECRET_LENGTH } from '../../src/redaction/known-secrets.ts';
import { redact } from '../../src/redaction/redact.ts';
import { runs } from '../runs.ts';
import { encodings, leaksIn, secretText } from './canaries.ts';

const SEED = Number(process.env['SECRETS_SEED'] ?? 20261122);
const RUNS = Number(process.env['SECRETS_RUNS'] ?? 300);
const names = Object.keys(encodings);

describe('a secret that the process holds', () => {
  it(`is in no text, however it is encoded and wherever it is cut (seed ${SEED}, ${RUNS} secrets, ${names.length} encodings each)`, () => {
    const runtime = fc.record({
      before: fc.oneof(
        fc.string(),
        fc.integer({ min: 16_200, max: 16_384 }).map((n) => 'x '.repeat(n / 2)),
      ),
      after: fc.string(),
    });
    fc.assert(
      fc.property(secretText, runtime, (secret, { before, after }) => {
        keepSecret(secret);
        for (const [name, encode] of Object.entries(encodings)) {
          const clean = redact(`${before} ${encode(secret)} ${after}`);
          expect(leaksIn(clean, [secret]), name).toEqual([]);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('is found by this test without redaction: the search itself works', () => {
    fc.assert(
      fc.property(secretText, (secret) => {
        for (const [name, encode] of Object.entries(encodings)) {
          expect(leaksIn(`{"x":"${encode(secret)}"}`, [secret]), name).toEqual([secret]);
        }
      }),
      { seed: SEED, numRuns: runs(200) },
    );
  });

  it('counts line by line where it is a key in PEM', () => {
    const line = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ';
    keepSecret(`-----BEGIN PRIVATE KEY-----\n${line}\nAAECAwQFBgcICQoLDA0ODxAREhM=\n`);
    expect(redact(`{"half": "${line}"}`)).not.toContain(line);
  });

  it('is not searched for where it is as short as an ordinary word', () => {
    keepSecret('x'.repeat(MIN_SECRET_LENGTH - 1));
    expect(redact('x'.repeat(MIN_SECRET_LENGTH - 1))).toBe('x'.repeat(MIN_SECRET_LENGTH - 1));
  });
});
