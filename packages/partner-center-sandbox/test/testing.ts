export { createFixture } from './fixture.ts';
export { tearDown } from './tear-down.ts';
