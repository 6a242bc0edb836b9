import type { Random } from '../core/random.ts';
import { type LoginAnswer, refuseLogin } from './login-answer.ts';
import type { User } from './tokens.ts';

const LIFETIME_SECONDS = 900;
const INTERVAL_SECONDS = 1;
const CODE_LENGTH = 9;
const CODE_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const MAX_OPEN = 1_000;

interface DeviceCode {
  readonly userCode: string;
  readonly expiresAtMs: number;
  user?: User;
}

/** Sign-ins on another device: each waits until it is approved through the control surface. */
export class DeviceCodes {
  readonly #random: Random;
  readonly #codes = new Map<string, DeviceCode>();

  constructor(random: Random) {
    this.#random = random;
  }

  create(baseUrl: string, nowMs: number) {
    const oldest = this.#codes.keys().next();
    if (this.#codes.size >= MAX_OPEN && oldest.done !== true) this.#codes.delete(oldest.value);
    const deviceCode = this.#random.guid();
    const userCode = this.#random.text(CODE_LENGTH, CODE_ALPHABET);
    this.#codes.set(deviceCode, { userCode, expiresAtMs: nowMs + LIFETIME_SECONDS * 1_000 });
    const address = `${baseUrl}/device`;
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: address,
      expires_in: LIFETIME_SECONDS,
      interval: INTERVAL_SECONDS,
      message: `To sign in, open ${address} and enter the code ${userCode}.`,
    };
  }

  /** Signs a user in for the code shown on the device; whether there was such a code. */
  approve(userCode: string, user: User = { mfa: true }): boolean {
    const found = [...this.#codes.values()].find((code) => code.userCode === userCode);
    if (found === undefined) return false;
    found.user = user;
    return true;
  }

  redeem(deviceCode: string, nowMs: number): { user: User } | LoginAnswer {
    const code = this.#codes.get(deviceCode);
    if (code === undefined) {
      return refuseLogin(400, 'invalid_grant', 70008, 'The device code is not known.');
    }
    if (code.expiresAtMs <= nowMs) {
      return refuseLogin(400, 'expired_token', 70020, 'The device code has expired.');
    }
    if (code.user === undefined) {
      return refuseLogin(400, 'authorization_pending', 70016, 'The user has not signed in yet.');
    }
    this.#codes.delete(deviceCode);
    return { user: code.user };
  }
}
