import { app } from '@azure/functions';
import { registerCancelOrders } from './functions/cancel-orders.ts';
import { createContainer } from './functions/container.ts';
import { registerDeleteCustomer } from './functions/delete-customer.ts';
import { registerMessageBinding } from './functions/model-binding.ts';
import { registerNightlySweep } from './functions/nightly-sweep.ts';
import { registerParkDeadLetters } from './functions/park-dead-letters.ts';
import { readSettings } from './settings/settings.ts';

// An invalid setting throws here, and the app does not start.
const shared = createContainer(readSettings(process.env));

registerMessageBinding();
registerCancelOrders(shared);
registerDeleteCustomer(shared);
registerNightlySweep(shared);
registerParkDeadLetters(shared);
app.hook.appTerminate(() => shared.serviceBus.close());
