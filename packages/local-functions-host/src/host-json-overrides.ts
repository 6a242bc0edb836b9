import type { AppSettings } from './app-settings.ts';

const PREFIX = 'AzureFunctionsJobHost__';

/** A value and the path of keys it belongs at. */
export interface Override {
  path: string[];
  value: unknown;
}

/** The settings that override host.json, each `AzureFunctionsJobHost__key__key=value`; keys are case-sensitive here. */
export function readOverrides(settings: AppSettings): Override[] {
  return Object.entries(settings)
    .filter(([name, value]) => name.startsWith(PREFIX) && value !== undefined)
    .map(([name, value]) => ({
      path: name.slice(PREFIX.length).split('__'),
      value: readValue(value ?? ''),
    }));
}

/** Sets each value at its path in a JSON document, making objects on the way where there are none. */
export function overrideByPath(document: unknown, overrides: readonly Override[]): unknown {
  return overrides.reduce((changed, { path, value }) => setByPath(changed, path, value), document);
}

function setByPath(document: unknown, [key, ...rest]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  const members = isObject(document) ? document : {};
  return { ...members, [key]: setByPath(members[key], rest, value) };
}

/** Environment variables are texts; host.json's numbers and flags are not. */
function readValue(text: string): unknown {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
