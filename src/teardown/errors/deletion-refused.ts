/**
 * A sandbox customer created with an invalid address can never be deleted. Source:
 * https://learn.microsoft.com/partner-center/developer/create-a-customer
 */
export const DELETION_REFUSED =
  'No known purchase blocks the deletion. A sandbox customer that was created with an invalid address can never be deleted: check its address in Partner Center (Customers > Account), ask Partner Center support, and protect the customer meanwhile.';
