/** What the accounts beside one's own hold. */
export interface Elsewhere {
  hasCustomer(customerId: string): boolean;
  hasDomain(domain: string): boolean;
}

export const nowhere: Elsewhere = { hasCustomer: () => false, hasDomain: () => false };
