#!/usr/bin/env node
// The command in a checkout, where it runs the sources; a published package has its built main module for a command.
import '../../scripts/check-node.mjs';

await import('./src/main.ts');
