import * as v from 'valibot';
import { expect } from 'vitest';
import type { Contract } from './contract.ts';
import {
  listAzureSubscriptions,
  listOrders,
  listSubscriptions,
  type Question,
} from './requests.ts';
import type { Answer } from './sender.ts';
import {
  AzureSubscription,
  collectionOf,
  GatewayError,
  Order,
  ServiceError,
  Subscription,
} from './shapes.ts';

/** Reads what is there, in its documented shape, and as it came: a PATCH sends it back whole. */
export async function read<Schema extends v.GenericSchema>(
  { ask }: Pick<Contract, 'ask'>,
  question: Question,
  schema: Schema,
): Promise<v.InferInput<Schema>> {
  const { status, headers, json } = await ask(question);
  expect(status).toBe(200);
  expect(headers.get('Content-Type')).toContain('json');
  v.assert(schema, json);
  return json;
}

/** An error in one of the two shapes, as `status/code`; the gateway's has no code. */
export function errorOf({ status, json }: Answer): string {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  if (v.is(ServiceError, json)) return `${status}/${json.code}`;
  v.assert(GatewayError, json);
  return String(status);
}

/** The lists of one customer. */
export const customerOf = (contract: Contract, id: string) => ({
  id,
  orders: async (): Promise<readonly Order[]> =>
    (await read(contract, listOrders(id), collectionOf(Order))).items,
  subscriptions: async (): Promise<readonly Subscription[]> =>
    (await read(contract, listSubscriptions(id), collectionOf(Subscription))).items,
  azureSubscriptions: async (planId: string): Promise<readonly AzureSubscription[]> => {
    const question = listAzureSubscriptions(id, planId);
    return (await read(contract, question, collectionOf(AzureSubscription))).items;
  },
});

export type ListedCustomer = ReturnType<typeof customerOf>;
