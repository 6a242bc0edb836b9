import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { commandLine } from '@sandbox-teardown/shared/command-line';
import { loadEntities } from 'local-service-bus/entities';
import { emulatorConfig } from './emulator/config.ts';

// `npm run emulator-config`: the configuration of Microsoft's Service Bus emulator (compose.yaml), from the one
// file of entities; reports the differences of the emulator.

commandLine(
  'npm run emulator-config --',
  "Writes the configuration of Microsoft's Service Bus emulator, and says where it is narrower than Service Bus.",
).parse();

const infra = new URL('../infra/', import.meta.url);
const entities = await loadEntities(fileURLToPath(new URL('service-bus.entities.json', infra)));
const { config, differences } = emulatorConfig(entities);
await writeFile(new URL('emulator/Config.json', infra), `${JSON.stringify(config, null, 2)}\n`);
console.log('infra/emulator/Config.json is written. The emulator is narrower than Service Bus:');
for (const message of differences) console.log(`  ${message}`);
