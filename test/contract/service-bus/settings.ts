import { type ContractSuite, whyIgnored } from '../named-suites.ts';

/** Which Service Bus the contract suite runs against: a real one only where the command names the suite. */
export type ContractTarget =
  | {
      readonly kind: 'local';
      /** Why a real one that is named is left alone. */
      readonly why?: string;
    }
  | {
      readonly kind: 'real';
      /** Of a namespace of its own with the entities of infra/service-bus.entities.json, which must all be empty. */
      readonly connectionString: string;
    };

const SUITE = 'test/contract/service-bus';
const VARIABLE = 'SERVICE_BUS_CONTRACT_CONNECTION_STRING';

/** @param named the suites that the command names */
export function readTarget(
  environment: Readonly<Record<string, string | undefined>>,
  named: readonly ContractSuite[],
): ContractTarget {
  const connectionString = environment[VARIABLE]?.trim() ?? '';
  if (connectionString === '') return { kind: 'local' };
  if (!named.includes(SUITE)) return { kind: 'local', why: whyIgnored(VARIABLE, SUITE) };
  return { kind: 'real', connectionString };
}

/** The one line that says what is about to be called. */
export function describeTarget(target: ContractTarget): string {
  return target.kind === 'real'
    ? `Service Bus contract: against the real namespace of ${VARIABLE}.`
    : `Service Bus contract: against the local broker. ${target.why ?? ''}`.trim();
}
