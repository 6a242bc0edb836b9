/** Why a teardown ended with `parked`; each is a person's case. */
export type ParkReason =
  | 'unauthorized'
  | 'not-a-sandbox'
  | 'agreement-missing'
  | 'customer-under-review'
  | 'customer-not-approved'
  | 'customer-locked'
  | 'cannot-cancel'
  | 'savings-plan'
  | 'trial'
  | 'purchase-order-missing'
  | 'unknown-product'
  | 'pending-operation'
  | 'invalid-request'
  | 'deadline'
  | 'too-many-checks'
  | 'dead-lettered'
  | 'unexpected';

/** What a person is told: why the teardown has ended, and what to do. */
export interface Advice {
  readonly reason: ParkReason;
  readonly nextStep: string;
}
