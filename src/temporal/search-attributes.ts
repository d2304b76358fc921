import { type Client, type Connection, isGrpcServiceError } from '@temporalio/client';
import proto from '@temporalio/proto';
import { searchAttributes } from './names.ts';

/** gRPC status codes. */
const [invalidArgument, permissionDenied, unimplemented] = [3, 7, 12];
const codeOf = (error: unknown) => (isGrpcServiceError(error) ? error.code : undefined);

/** Names of the search attributes that the server does not know yet. */
export async function missingSearchAttributes(client: Client): Promise<string[]> {
  const { operatorService } = client.connection as Connection;
  try {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace: client.options.namespace });
    return Object.keys(searchAttributes).filter((name) => !(name in (customAttributes ?? {})));
  } catch (error) {
    // Servers of others, such as Temporal Cloud, may keep the operator's calls to themselves.
    if (![permissionDenied, unimplemented].some((code) => code === codeOf(error))) throw error;
    return unknownToQueries(client);
  }
}

/** Names that the server does not accept in a query. */
async function unknownToQueries({ workflowService, options: { namespace } }: Client): Promise<string[]> {
  const missing: string[] = [];
  for (const name of Object.keys(searchAttributes)) {
    try {
      await workflowService.countWorkflowExecutions({ namespace, query: `${name} IS NOT NULL` });
    } catch (error) {
      if (codeOf(error) !== invalidArgument) throw error;
      missing.push(name);
    }
  }
  return missing;
}

/** Registers what is missing. @throws Error with the command to run if the server does not let us. */
export async function ensureSearchAttributes(client: Client): Promise<void> {
  const missing = await missingSearchAttributes(client).catch((cause) => {
    throw new Error(`The search attributes could not be read. ${howToRegister(client)}`, { cause });
  });
  if (missing.length === 0) return;
  const { IndexedValueType } = proto.temporal.api.enums.v1;
  const types = {
    KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
    DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  };
  const wanted = missing.map((name) => [name, types[searchAttributes[name as keyof typeof searchAttributes]]]);
  try {
    await (client.connection as Connection).operatorService.addSearchAttributes({
      namespace: client.options.namespace,
      searchAttributes: Object.fromEntries(wanted),
    });
  } catch (cause) {
    throw new Error(`The search attributes ${missing.join(', ')} are missing. ${howToRegister(client)}`, { cause });
  }
}

function howToRegister(client: Client): string {
  const flags = Object.entries(searchAttributes).map(
    ([name, type]) => `--name ${name} --type ${type === 'DATETIME' ? 'Datetime' : 'Keyword'}`,
  );
  const pairs = Object.entries(searchAttributes).map(
    ([name, type]) => `--search-attribute "${name}=${type === 'DATETIME' ? 'Datetime' : 'Keyword'}"`,
  );
  return (
    `Register them: temporal operator search-attribute create --namespace ${client.options.namespace} ` +
    `${flags.join(' ')} (on Temporal Cloud: tcld namespace search-attributes add --namespace ${client.options.namespace} ${pairs.join(' ')}).`
  );
}
