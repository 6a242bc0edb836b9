import { type Machine, machineName, thisMachine } from '../report/machine.ts';
import { section } from '../report/section.ts';
import { spreadOf } from '../report/statistics.ts';
import { table } from '../report/table.ts';
import { number, ranged, times } from '../report/words.ts';
import { MeasuredBroker, type Memory } from './measured-broker.ts';
import { messagesPerSecond } from './rates.ts';
import { peekRatio, scheduleMany } from './scheduled.ts';

export interface BrokerResults {
  readonly machine: Machine;
  readonly messages: number;
  readonly scheduled: number;
  readonly sentPerSecond: readonly number[];
  readonly scheduledPerSecond: readonly number[];
  readonly idle: Memory;
  readonly full: Memory;
  readonly few: number;
  readonly peekRatios: readonly number[];
}

const SIZES = {
  full: { runs: 3, messages: 2_000, few: 1_000, scheduled: 100_000 },
  quick: { runs: 2, messages: 100, few: 100, scheduled: 2_000 },
} as const;

const GOAL_MB = 200;
const MEGABYTE = 1_000_000;

/** packages/local-service-bus with Microsoft's client. */
export const broker = section<BrokerResults>(
  'broker',
  async (size) => {
    const { runs, messages, few, scheduled } = SIZES[size];
    const measured = await MeasuredBroker.start();
    const { client } = measured;
    const sentPerSecond: number[] = [];
    const scheduledPerSecond: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      sentPerSecond.push(await messagesPerSecond(client, messages, 'sent'));
      scheduledPerSecond.push(await messagesPerSecond(client, messages, 'scheduled'));
    }
    await scheduleMany(client, 'few', few);
    const idle = await measured.memory();
    await scheduleMany(client, 'many', scheduled);
    const full = await measured.memory();
    const peekRatios: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      peekRatios.push(
        await peekRatio(client, { queue: 'few', count: few }, { queue: 'many', count: scheduled }),
      );
    }
    await measured.stop();
    return {
      machine: thisMachine(),
      ...{ messages, scheduled, few, idle, full },
      ...{ sentPerSecond, scheduledPerSecond, peekRatios },
    };
  },
  ({ machine, messages, scheduled, few, idle, full, ...rates }) => {
    const { sentPerSecond, scheduledPerSecond, peekRatios } = rates;
    const heldMB = (full.heldBytes - idle.heldBytes) / MEGABYTE;
    const residentMB = (full.residentBytes - idle.residentBytes) / MEGABYTE;
    const rows = [
      ['messages a second, sent to completed', ranged(spreadOf(sentPerSecond))],
      ['messages a second, scheduled to completed', ranged(spreadOf(scheduledPerSecond))],
      [
        `heap of ${number(scheduled)} scheduled messages (goal: under ${GOAL_MB} MB)`,
        `${number(heldMB)} MB`,
      ],
      ['the process grows by', `${number(residentMB)} MB`],
      [
        `peek of one at ${number(scheduled)} ÷ at ${number(few)}`,
        ranged(spreadOf(peekRatios), times),
      ],
    ];
    const caption = `The broker in its own process, Microsoft's client in another; ${number(messages)} messages a run, 8 at once, ${sentPerSecond.length} runs (${machineName(machine)}):`;
    return { tables: [table(caption, ['', 'measured'], rows)] };
  },
);
