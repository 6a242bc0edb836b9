import type { Clock } from '@sandbox-teardown/shared/clock';
import * as v from 'valibot';
import { objectionToAccess } from './control-access.ts';
import { FaultSchema } from './core/faults.ts';
import { generateCustomers } from './core/generate.ts';
import { GUID } from './core/identifiers.ts';
import type { Sandbox } from './core/sandbox.ts';
import { SettingsChangeSchema } from './core/settings.ts';
import { CustomerSpecSchema } from './core/spec.ts';
import { createShell, type Shell, type ShellAnswer, type ShellRequest } from './http-shell.ts';
import type { LoginService } from './login/login-service.ts';
import type { ServedAccount, ServedAccounts } from './served-accounts.ts';

/**
 * The control surface for tests and people, apart from the API's own listener:
 * GET `/state`, `/requests`, `/settings`, `/faults`; POST `/customers` (a spec, or a list of them),
 * `/azure-subscriptions` (a plan, and which one to make active again, or none for a new one), `/generate`, `/faults` (one, or a list), `/settings`, `/reset`, `/refresh-tokens`, `/device-codes`. They speak of the first account;
 * after `/accounts/{tenantId}` of another. GET `/accounts` names them, POST `/accounts` adds one. Bad input answers 400
 * with `{"error": "sentence"}`. Everything needs the token, and comes from no web page.
 */
export function createControlServer(accounts: ServedAccounts, clock: Clock, token: string): Shell {
  return createShell({
    clock,
    refuse: (status, message) => ({ status, body: { error: message } }),
    answer: (request) => objectionToAccess(request, token) ?? answer(accounts, request),
  });
}

type Routes = ReadonlyMap<string, (input: unknown) => unknown>;

const MAX_AT_ONCE = 1_000;
const MAX_TEXT = 200;
const guid = v.pipe(v.string(), v.regex(GUID, 'must be a GUID'));
const oneOrMore = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(v.array(schema), v.minLength(1), v.maxLength(MAX_AT_ONCE));
const GenerateSchema = v.strictObject({
  seed: v.pipe(v.number(), v.integer(), v.minValue(0)),
  count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_AT_ONCE)),
});
const AzureSchema = v.strictObject({
  customerId: v.string(),
  subscriptionId: v.string(),
  entitlementId: v.exactOptional(v.string()),
});
const UserSchema = v.strictObject({ mfa: v.exactOptional(v.boolean(), true) });
const ApprovalSchema = v.strictObject({
  userCode: v.string(),
  mfa: v.exactOptional(v.boolean(), true),
});

const AccountSchema = v.strictObject({
  tenantId: v.exactOptional(guid),
  clientId: v.exactOptional(v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_TEXT))),
  clientSecret: v.exactOptional(v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_TEXT))),
  settings: v.exactOptional(SettingsChangeSchema),
});

function createRoutes(accounts: ServedAccounts, { sandbox, login }: ServedAccount): Routes {
  return new Map<string, (input: unknown) => unknown>([
    ['GET /accounts', () => accounts.all.map(credentialsOf)],
    ['POST /accounts', (input) => credentialsOf(accounts.add(v.parse(AccountSchema, input)))],
    ['GET /state', () => sandbox.state()],
    ['GET /requests', () => sandbox.requests()],
    ['GET /settings', () => sandbox.settings],
    ['GET /faults', () => sandbox.waitingFaults],
    ['POST /customers', (input) => addCustomers(sandbox, input)],
    ['POST /azure-subscriptions', (input) => activateAzure(sandbox, input)],
    ['POST /generate', (input) => generate(sandbox, input)],
    ['POST /faults', (input) => addFaults(sandbox, input)],
    ['POST /settings', (input) => changeSettings(sandbox, input)],
    ['POST /reset', () => reset(sandbox)],
    ['POST /refresh-tokens', (input) => refreshToken(login, input)],
    ['POST /device-codes', (input) => approveDevice(login, input)],
  ]);
}

const OTHER_ACCOUNT = /^\/accounts\/([^/]+)(\/.+)$/;

function answer(accounts: ServedAccounts, { method, path, text }: ShellRequest): ShellAnswer {
  const [, tenantId, rest = path] = OTHER_ACCOUNT.exec(path) ?? [];
  const account = tenantId === undefined ? accounts.first : accounts.byTenant(tenantId);
  if (account === undefined) {
    return { status: 404, body: { error: `There is no account ${tenantId}; see GET /accounts.` } };
  }
  const routes = createRoutes(accounts, account);
  const route = routes.get(`${method} ${rest}`);
  if (route === undefined) {
    const known = [...routes.keys()].join(', ');
    return { status: 404, body: { error: `There is no ${method} ${path}; there are ${known}.` } };
  }
  try {
    return { status: 200, body: route(text === '' ? {} : parse(text)) };
  } catch (error) {
    return { status: 400, body: { error: sentenceOf(error) } };
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The body is not valid JSON.');
  }
}

function sentenceOf(error: unknown): string {
  if (v.isValiError(error)) {
    const problems = error.issues.map((issue) => {
      const path = v.getDotPath(issue);
      return path === null ? issue.message : `${path}: ${issue.message}`;
    });
    return `The input is not valid. ${problems.join('; ')}.`;
  }
  return error instanceof Error ? error.message : String(error);
}

const credentialsOf = ({ tenantId, clientId, clientSecret, sandbox }: ServedAccount) => ({
  tenantId,
  clientId,
  clientSecret,
  production: sandbox.settings.production,
});

function addCustomers(sandbox: Sandbox, input: unknown) {
  if (!Array.isArray(input)) return sandbox.addCustomer(v.parse(CustomerSpecSchema, input));
  const specs = v.parse(oneOrMore(CustomerSpecSchema), input);
  return specs.map((spec) => sandbox.addCustomer(spec));
}

function activateAzure(sandbox: Sandbox, input: unknown) {
  const { customerId, subscriptionId, entitlementId } = v.parse(AzureSchema, input);
  return {
    entitlementId: sandbox.activateAzureSubscription(customerId, subscriptionId, entitlementId),
  };
}

function generate(sandbox: Sandbox, input: unknown) {
  const { seed, count } = v.parse(GenerateSchema, input);
  return generateCustomers(seed, count).map((spec) => ({
    ...sandbox.addCustomer(spec),
    expected: spec.expected,
  }));
}

function addFaults(sandbox: Sandbox, input: unknown) {
  const faults = Array.isArray(input)
    ? v.parse(oneOrMore(FaultSchema), input)
    : [v.parse(FaultSchema, input)];
  for (const fault of faults) sandbox.injectFault(fault);
  return { waiting: sandbox.waitingFaults.length };
}

function changeSettings(sandbox: Sandbox, input: unknown) {
  sandbox.changeSettings(v.parse(SettingsChangeSchema, input));
  return sandbox.settings;
}

function reset(sandbox: Sandbox) {
  sandbox.reset();
  return { customers: 0 };
}

function refreshToken(login: LoginService, input: unknown) {
  return { refreshToken: login.issueRefreshToken(v.parse(UserSchema, input)) };
}

function approveDevice(login: LoginService, input: unknown) {
  const { userCode, mfa } = v.parse(ApprovalSchema, input);
  if (!login.devices.approve(userCode, { mfa })) {
    throw new Error(`No sign-in waits for the code ${userCode}; it may have expired.`);
  }
  return { approved: userCode };
}
