import { answered, holding, kept } from './answered.ts';

/** Azure plans and their Azure subscriptions. */
export const azure = [
  answered({ cancellationReasons: 'any' }, { cancellationReasons: ['any'] }),
  answered({ azureCancelStatus: 202 }, { azureCancelStatus: ['202'] }),
  answered({ azureListOfOthers: 'empty' }, { azureListOfOthers: ['empty'] }),
  answered({ azureCancelTakesMs: { lowest: 0, highest: 0 } }),
  answered({ cancelledAzureReads: 'cancelled' }, { cancelledAzureReads: ['cancelled'] }),
  answered({ cancelledAzureReads: 'deleted' }, { cancelledAzureReads: ['deleted'] }),
  answered({ repeatedAzureCancel: 'not-active' }, { repeatedAzureCancel: ['400/800012'] }),
  answered({ repeatedAzureCancel: 'pending-operation' }, { repeatedAzureCancel: ['409/900278'] }),
  answered(
    { cancellationReasons: 'any', repeatedAzureCancel: 'pending-operation' },
    { repeatedAzureCancel: ['409/900278'] },
  ),
  answered(
    { azurePlanHeldBy: 'azure-subscriptions', refuseEntitlementsToAppOnly: false },
    { 'suspending an Azure plan over a reservation': ['200'] },
  ),
  ...(['reservations-too', 'savings-plans-too'] as const).map((azurePlanHeldBy) =>
    answered(
      { azurePlanHeldBy, refuseEntitlementsToAppOnly: false },
      {
        'ending a savings plan': ['403/900321'],
        'suspending an Azure plan': azurePlanHeldBy === 'savings-plans-too' ? ['403/900115'] : [],
      },
      {
        ...{ ...kept, of: 'with a savings plan' },
        customer: holding({ kind: 'azure-plan' }, { kind: 'savings-plan' }),
      },
    ),
  ),
  ...(['absent', 'shown'] as const).map((legacyAzureType) =>
    answered(
      { legacyAzureType },
      { azureListOfOthers: ['400/800011'] },
      {
        ...{ of: 'from before Azure plans', mustEnd: 'deleted' },
        customer: holding({ kind: 'legacy-azure' }),
      },
    ),
  ),
  ...(['disabled', 'active'] as const).map((overspentPlanReads) =>
    answered(
      { overspentPlanReads },
      {},
      {
        of: 'disabled by spending',
        customer: { ...holding({ kind: 'azure-plan' }), overspent: true },
      },
    ),
  ),
  answered(
    { overspentPlanSuspends: false },
    { 'suspending an Azure plan': ['400/800096'] },
    {
      ...{ ...kept, of: 'disabled by spending' },
      customer: { ...holding({ kind: 'azure-plan' }), overspent: true },
    },
  ),
];
