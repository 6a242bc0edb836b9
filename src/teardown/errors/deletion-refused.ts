/** Article create-a-customer: a customer made with an invalid address in the sandbox cannot be deleted at all. */
export const DELETION_REFUSED =
  'Nothing is known that blocks the deletion. A sandbox customer that was created with an invalid address can never be deleted: check its address in Partner Center (Customers > Account), ask Partner Center support, and protect the customer meanwhile.';
