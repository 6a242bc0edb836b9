import { randomBytes } from 'node:crypto';
import type { RpcInvocationRequest } from './core-contract.ts';

const TRACE_PARENT = /^00-(?<traceId>[0-9a-f]{32})-[0-9a-f]{16}-(?<flags>[0-9a-f]{2})$/;

/**
 * The trace context of an invocation: a new span, in the trace that the message's sender was in
 * (`Diagnostic-Id` or `traceparent`, as Service Bus SDKs write them) or else in a new one.
 */
export function createTraceContext(
  properties: Record<string, unknown> = {},
): RpcInvocationRequest['traceContext'] {
  const sender = String(properties['Diagnostic-Id'] ?? properties['traceparent'] ?? '');
  const { traceId, flags } = TRACE_PARENT.exec(sender)?.groups ?? {};
  const spanId = randomBytes(8).toString('hex');
  return {
    traceParent: `00-${traceId ?? randomBytes(16).toString('hex')}-${spanId}-${flags ?? '00'}`,
    traceState: '',
    attributes: {},
  };
}
