export { createStage } from './stage.ts';
export { tearDown } from './tear-down.ts';
