export { type Clock, ManualClock, systemClock } from '@sandbox-teardown/shared/clock';
export { JournalError } from '@sandbox-teardown/shared/journal';
export { type Broker, type BrokerOptions, startBroker } from './broker.ts';
export { type Entities, FOREVER, loadEntities, parseEntities } from './entities.ts';
export { type SpawnBrokerOptions, type SpawnedBroker, spawnBroker } from './spawn-broker.ts';
