import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { expect, test } from 'vitest';
import { toTriggerMetadata } from '../src/trigger-metadata.ts';

function message(members: Partial<ServiceBusReceivedMessage> = {}): ServiceBusReceivedMessage {
  return { body: '', state: 'active', _rawAmqpMessage: { body: '' }, ...members };
}

test('a bare message has only its delivery count, no sequence number and empty properties', () => {
  expect(toTriggerMetadata(message({ deliveryCount: 0 }))).toEqual({
    DeliveryCount: { json: '1' },
    SequenceNumber: { json: '-1' },
    ApplicationProperties: { json: '{}' },
    UserProperties: { json: '{}' },
  });
});

test('texts are passed as text, whatever they contain, and the rest as JSON', () => {
  const metadata = toTriggerMetadata(
    message({
      messageId: '123',
      correlationId: 7,
      subject: 'parked',
      deliveryCount: 2,
      applicationProperties: { Attempt: 1, 'Diagnostic-Id': 'x' },
    }),
  );
  expect(metadata).toMatchObject({
    MessageId: { string: '123' },
    CorrelationId: { string: '7' },
    Subject: { string: 'parked' },
    Label: { string: 'parked' },
    DeliveryCount: { json: '3' },
    UserProperties: { json: '{"Attempt":1,"Diagnostic-Id":"x"}' },
  });
});

test('times are written as .NET writes them', () => {
  const metadata = toTriggerMetadata(
    message({
      enqueuedTimeUtc: new Date('2026-11-22T01:02:10.120Z'),
      expiresAtUtc: new Date(8.64e15),
    }),
  );
  expect(metadata).toMatchObject({
    EnqueuedTimeUtc: { json: '"2026-11-22T01:02:10.12"' },
    EnqueuedTime: { json: '"2026-11-22T01:02:10.12+00:00"' },
    ExpiresAtUtc: { json: '"9999-12-31T23:59:59.9999999"' },
  });
  const whole = toTriggerMetadata(message({ enqueuedTimeUtc: new Date('2026-11-22T01:02:10Z') }));
  expect(whole['EnqueuedTimeUtc']).toEqual({ json: '"2026-11-22T01:02:10"' });
});
