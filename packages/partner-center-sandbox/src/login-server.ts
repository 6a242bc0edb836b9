import type { Clock } from '@sandbox-teardown/shared/clock';
import type { SandboxAnswer } from './core/answer.ts';
import { applyFault, replyInstead } from './core/fault-effects.ts';
import { createShell, type Shell, type ShellAnswer, type ShellRequest } from './http-shell.ts';
import { refuseLogin } from './login/login-answer.ts';
import type { ServedAccounts } from './served-accounts.ts';

export interface LoginServerOptions {
  readonly accounts: ServedAccounts;
  readonly clock: Clock;
  readonly https: { readonly key: string; readonly cert: string };
}

/** The login endpoint: HTTPS around the core of the tenant that is asked for, with the faults that were ordered for `get-token`. */
export function createLoginServer(options: LoginServerOptions): Shell {
  const { accounts, clock, https } = options;
  return createShell({
    clock,
    https,
    refuse: (status, message) => refuseLogin(status, 'invalid_request', 900144, message),
    answer: (shellRequest) => {
      const request = loginRequest(shellRequest);
      const clientId = request.form.get('client_id') ?? request.query.get('client_id');
      const { sandbox, login } = accounts.forLogin(request.path, clientId);
      const isToken = request.method === 'POST' && request.path.endsWith('/token');
      const fault = isToken
        ? sandbox.takeFault({ method: 'POST', path: request.path, operation: 'get-token' })
        : undefined;
      const answer = replyInstead(fault) ?? login.handle(request);
      return applyFault(complete(answer), fault);
    },
  });
}

function loginRequest({ method, path, query, text, headers }: ShellRequest) {
  return {
    method,
    path,
    query,
    form: new URLSearchParams(text),
    baseUrl: `https://${headers['host'] ?? '127.0.0.1'}`,
  };
}

function complete({
  status,
  headers = {},
  body,
}: Omit<ShellAnswer, 'body'> & { body?: unknown }): SandboxAnswer {
  return {
    status,
    headers: { 'Cache-Control': 'no-store', ...headers },
    body,
    delayMs: 0,
    dropped: false,
  };
}
