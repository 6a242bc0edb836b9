import { answered } from './answered.ts';

/** What it is told by the settings that the simulated sandbox has by itself. */
export const byItself = answered(
  {},
  {
    refuseEntitlementsToAppOnly: ['true'],
    'pages of one customer': ['true'],
    unknownCustomer: ['403/20002'],
    orderByAlternateId: ['false'],
    'billing cycle one_time': ['one_time'],
    'without an etag': ['software', 'new commerce'],
    'with an etag': ['SaaS', 'Azure plan', 'licence'],
    unshownEtags: ['400/2055'],
    otherChanges: ['400/3000'],
    azureListOfOthers: ['400/800011'],
    cancellationReasons: ['400/900307'],
    azureCancelStatus: ['200'],
    cancelledAzureReads: ['inactive'],
    repeatedAzureCancel: ['accepted'],
    activating: ['200'],
    deleteRefusal: ['400/2000'],
    'a refused DELETE names alternate ids': ['true'],
    cancellingOrderReads: ['pending'],
    repeatedCancel: ['200'],
    unknownLineCode: ['400/800071'],
    suspendedUpdates: ['400/800091'],
    'PATCH subscription': ['200', '202'],
    'Location of 202': ['the subscription'],
    DELETE: ['204'],
    'HEAD of its domain': ['404'],
    'a deleted customer': ['403/20002'],
  },
);
