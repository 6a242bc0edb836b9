import { expect, it } from 'vitest';
import { isLoopback } from '../../../src/partner-center/http/loopback.ts';

it.each(['http://127.0.0.1:8080/x', 'https://localhost', 'http://[::1]:1'])(
  '%s is on this machine',
  (url) => {
    expect(isLoopback(new URL(url))).toBe(true);
  },
);

it.each(['https://localhost.evil.example', 'https://evil.example', 'https://127.0.0.2', 'urn:x'])(
  '%s is not known to be on this machine',
  (url) => {
    expect(isLoopback(new URL(url))).toBe(false);
  },
);
