const CLIENT =
  'ClientBrowser:string, ClientCity:string, ClientCountryOrRegion:string, ClientIP:string, ClientModel:string, ClientOS:string, ClientStateOrProvince:string, ClientType:string';
const OPERATION =
  'OperationId:string, OperationName:string, ParentId:string, SessionId:string, SyntheticSource:string, UserAccountId:string, UserAuthenticatedId:string, UserId:string';
const COMMON = `TimeGenerated:datetime, AppRoleInstance:string, AppRoleName:string, AppVersion:string, _BilledSize:real, ${CLIENT}, IKey:string, _IsBillable:string, ItemCount:int, Measurements:dynamic, ${OPERATION}, Properties:dynamic, ResourceGUID:string, _ResourceId:string, SDKVersion:string, SourceSystem:string, _SubscriptionId:string, TenantId:string, Type:string`;

/**
 * The tables of a workspace-based Application Insights that the queries read. Source: "Azure Monitor Logs
 * reference", learn.microsoft.com/azure/azure-monitor/reference/tables: apptraces, apprequests, appexceptions.
 */
export const WORKSPACE_TABLES = {
  AppTraces: `${COMMON}, Message:string, ReferencedItemId:string, ReferencedType:string, SeverityLevel:int`,
  AppRequests: `${COMMON}, DurationMs:real, Id:string, Name:string, ReferencedItemId:string, ReferencedType:string, ResultCode:string, Source:string, Success:bool, Url:string`,
  AppExceptions: `${COMMON}, Assembly:string, Details:dynamic, ExceptionType:string, HandledAt:string, InnermostAssembly:string, InnermostMessage:string, InnermostMethod:string, InnermostType:string, Message:string, Method:string, OuterAssembly:string, OuterMessage:string, OuterMethod:string, OuterType:string, ProblemId:string, SeverityLevel:int`,
};
