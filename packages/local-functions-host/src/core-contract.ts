/**
 * The part of the `@azure/functions-core` contract this host supplies and relies on: the module that the Functions
 * Node.js worker provides at run time and that `@azure/functions` (v4 model) is written against.
 * Names and shapes follow the worker's published declarations; what is not used here is left open.
 */

export type LogLevel =
  | 'trace'
  | 'debug'
  | 'information'
  | 'warning'
  | 'error'
  | 'critical'
  | 'none';

export type LogCategory = 'user' | 'system' | 'customMetric';

/** A value on its way between host and worker: exactly one member is set. */
export interface RpcTypedData {
  string?: string;
  json?: string;
  bytes?: Uint8Array;
  modelBindingData?: ModelBindingData;
}

/** What an SDK binding hands over: a reference or, for a Service Bus message, the encoded message itself. */
export interface ModelBindingData {
  version: string;
  source: string;
  contentType: string;
  content: Buffer;
}

/** A binding as registered: the common members, and whatever its type adds. */
export interface RpcBindingInfo {
  type?: string | null;
  direction?: 'in' | 'out' | 'inout' | null;
  properties?: Record<string, string> | null;
  [member: string]: unknown;
}

export interface FunctionMetadata {
  name: string;
  functionId?: string | null;
  bindings: Record<string, RpcBindingInfo>;
  retryOptions?: object | null;
}

export type FunctionCallback = (...inputsAndContext: unknown[]) => unknown;

export interface RpcInvocationRequest {
  invocationId: string;
  functionId: string;
  inputData: { name: string; data: RpcTypedData }[];
  triggerMetadata: Record<string, RpcTypedData>;
  traceContext: { traceParent: string; traceState: string; attributes: Record<string, string> };
}

export type InvocationState = 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';

export interface CoreInvocationContext {
  invocationId: string;
  request: RpcInvocationRequest;
  metadata: FunctionMetadata;
  state?: InvocationState | undefined;
  log(level: LogLevel, category: LogCategory, message: string): void;
}

export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<unknown>;
}

export interface ProgrammingModel {
  name: string;
  version: string;
  getInvocationModel(context: CoreInvocationContext): InvocationModel;
  getCapabilities?(
    capabilities: Record<string, string>,
  ): Record<string, string> | Promise<Record<string, string>>;
}

export const HOOK_NAMES = [
  'preInvocation',
  'postInvocation',
  'appStart',
  'appTerminate',
  'log',
] as const;

export type HookName = (typeof HOOK_NAMES)[number];

export type HookCallback = (context: object) => unknown;

/** A registration that can be taken back. */
export interface Disposable {
  dispose(): void;
}
